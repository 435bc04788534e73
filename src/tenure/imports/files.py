"""Imports a file of events or users. It is streamed into the inbox; the loader does the rest.

Running a file again, or one that overlaps it, changes nothing: items have ids made of what they say. Rows that cannot
be read are kept in the quarantine with their reason and stop nothing; they are known again by file and row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from tenure.events.formats.all import NATIVE
from tenure.events.inbox.store import Inbox
from tenure.events.message import BadBody, Refusal, Request
from tenure.events.models import Source
from tenure.imports.bodies import Sender, one_line
from tenure.imports.items import Ids, Maker, event_maker, user_maker
from tenure.imports.mapping import Lookup, choose_fields
from tenure.imports.posthog import is_posthog, posthog_items
from tenure.imports.table import BadRow, Row, Table, digest

#: Told (bytes done, bytes in all) of the file.
Progress = Callable[[int, int], None]

_MAKERS: Final = {"events": event_maker, "users": user_maker}
_PROBLEMS_SHOWN: Final = 20


@dataclass(frozen=True)
class Problem:
    """A row that was refused: its number, from 1 without the header, and why."""

    row: int
    reason: str
    detail: str


@dataclass
class Imported:
    """What became of the rows. `problems` are the first 20 of the refused ones."""

    rows: int = 0
    taken: int = 0
    refused: int = 0
    bodies: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, row: int, refusal: tuple[str, str] | None) -> None:
        """Counts a row; `refusal` is (reason, detail)."""
        self.rows = row
        if refusal is None:
            self.taken += 1
            return
        self.refused += 1
        if len(self.problems) < _PROBLEMS_SHOWN:
            self.problems.append(Problem(row, *refusal))


def import_file(
    kind: str,
    path: Path,
    source: Source,
    inbox: Inbox,
    *,
    zone: ZoneInfo,
    mapping: Mapping[str, str] | None = None,
    lookups: Sequence[Lookup] = (),
    progress: Progress = lambda done, size: None,
    dry_run: bool = False,
) -> Imported:
    """Imports "events" or "users". `mapping`: field -> column. Times without a zone are in `zone`.

    A dry run only reads and checks. Raises BadImport before anything is sent when file or mapping do not fit, and
    InboxUnavailable when the disk is full: what was sent before stays, and running it again is safe.
    """
    table = Table(path)
    file = "" if dry_run else digest(path, kind, mapping, lookups, zone)
    if kind == "events" and not mapping and not lookups and is_posthog(table):
        lines = posthog_items(table.rows())
        sender = Sender(inbox, source.pk, file, "posthog")
    else:
        fields = choose_fields(kind, table.columns, mapping or {}, lookups)
        lines = _items(table.rows(), _MAKERS[kind](fields, zone))
        sender = Sender(inbox, source.pk, file)
    done = Imported()
    try:
        for number, (line, problem) in enumerate(lines, 1):
            done.note(number, problem or (_refusal(line) if sender.is_native else None))
            if not dry_run:
                sender.add(line)
            if number % 1000 == 0:
                progress(table.done, table.size)
    finally:  # also what came before a file breaks off
        if not dry_run:
            sender.finish()
    progress(table.size, table.size)
    done.bodies = sender.sent
    return done


def _items(rows: Iterator[Row], make: Maker) -> Iterator[tuple[bytes, tuple[str, str] | None]]:
    ids = Ids()
    encode = msgspec.json.Encoder().encode
    for row in rows:
        if isinstance(row, BadRow):
            yield one_line(row.text), ("bad_row", row.problem)
            continue
        item: dict[str, Any] = make(row)
        item.setdefault("id", ids.give(item))
        yield encode(item), None


def _refusal(line: bytes) -> tuple[str, str] | None:
    """Why the format will refuse the item, told at once instead of when it is loaded."""
    try:
        item = NATIVE.decode(Request("events", line))[0]
    except BadBody as bad:
        return bad.reason, bad.detail
    return (item.reason, item.detail) if isinstance(item, Refusal) else None
