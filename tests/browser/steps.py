"""The steps of a page for newcomers, as it is written: what is bold is clicked, or filled with what stands after it.

    2. **Name**: `Alice`, then **Save**: *Saved*

Fills the field "Name", clicks "Save" and waits for "Saved". A link after a bold word is a file to be taken, an address
in angle brackets a page to be opened. Only numbered items are steps. Words between are for people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_STEP = re.compile(r"^\d+\. (.+(?:\n   .+)*)", re.M)
_PART = re.compile(
    r"\*\*(?P<name>.+?)\*\*(?:[:：]\s*(?:`(?P<text>[^`]+)`|\[[^\]]+\]\((?P<file>[^)]+)\)))?"
    r"|<(?P<page>https?://[^>]+)>|\*(?P<seen>[^*]+)\*"
)


@dataclass(frozen=True)
class Step:
    """`what` is the label, the address or the words; `value` what is written, or the file that is taken."""

    verb: Literal["open", "press", "write", "take", "see"]
    what: str
    value: str = ""


def steps(document: Path) -> Iterator[Step]:
    """The steps of the document in their order."""
    for item in _STEP.findall(document.read_text()):
        for part in _PART.finditer(" ".join(item.split())):
            yield _step(document, part)


def _step(document: Path, part: re.Match[str]) -> Step:
    if part["page"]:
        return Step("open", part["page"])
    if part["seen"]:
        return Step("see", part["seen"])
    if part["file"]:
        return Step("take", part["name"], str((document.parent / part["file"]).resolve()))
    return Step("write", part["name"], part["text"]) if part["text"] else Step("press", part["name"])
