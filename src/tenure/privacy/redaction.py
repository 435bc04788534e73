"""Takes a person's name, addresses and ids out of texts that are about something else."""

import re
from collections.abc import Iterable
from typing import Any, Final

from tenure.events.erasing import ERASED_TEXT

_SHORTEST: Final = 4  # characters; a shorter text stands for other things too often
_SHORTEST_OWN: Final = 2
_FIRST_WIDE: Final = "⺀"  # from here on a sign says as much as a word


class Redaction:
    """`own` also takes short names out: for texts that are about the person and nobody else."""

    def __init__(self, texts: Iterable[str], *, own: bool = False) -> None:
        least = _SHORTEST_OWN if own else _SHORTEST
        self.texts = {text for each in texts if (text := each.strip()) and _tells(text, least)}
        ordered = sorted(self.texts, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_alone, ordered)) or r"(?!)", re.IGNORECASE)

    def finds(self, text: str) -> bool:
        return bool(self._pattern.search(text))

    def text(self, text: str) -> str:
        return self._pattern.sub(ERASED_TEXT, text)

    def value(self, value: Any) -> Any:
        """A JSON value with every text in it redacted, the names of its fields too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {self.text(name): self.value(each) for name, each in value.items()}
        return value


def _tells(text: str, least: int) -> bool:
    wide = any(sign >= _FIRST_WIDE for sign in text)
    return len(text) >= (_SHORTEST_OWN if wide else least)


def _alone(text: str) -> str:
    """A pattern for the text as a word of its own; signs like 王 need no space beside them."""
    before = r"(?<![0-9A-Za-z_])" if re.match(r"[0-9A-Za-z_]", text) else ""
    after = r"(?![0-9A-Za-z_])" if re.search(r"[0-9A-Za-z_]$", text) else ""
    return f"{before}{re.escape(text)}{after}"
