"""What a command of `tenure` is."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tenure.config import Config

#: Told (done, total) as work goes on.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Context:
    """What a command may use: the settings, a way to say how far it is, and one to have the inbox loaded."""

    config: Config
    progress: Progress
    load: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Command:
    """`run` takes the options as JSON values and returns a JSON value; `show` makes it readable for people.

    `where`: "owner" runs in the process that owns the warehouse (the running server, else this one after loading what
    waits in the inbox); "here" runs in this process; "alone" runs here and needs that no server runs.
    """

    name: str
    help: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Mapping[str, Any], Context], Any]
    show: Callable[[Any], str]
    where: Literal["owner", "here", "alone"] = "owner"
    reads: bool = False  # has --json


def no_options(parser: ArgumentParser) -> None:
    """For commands that take none."""


def text_or_file(text: str) -> str:
    """The text itself, or that of a file: @FILE. Read at once: a server that answers may see other files."""
    return Path(text[1:]).read_text() if text.startswith("@") else text


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as aligned columns; their keys are the headings."""
    if not rows:
        return "nothing found"
    names = list(rows[0])
    cells = [[cell(row.get(name)) for name in names] for row in rows]
    widths = [max(len(name), *(len(row[i]) for row in cells)) for i, name in enumerate(names)]
    lines = ["  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True))]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def cell(value: Any) -> str:
    """One value for people; nothing is a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)
