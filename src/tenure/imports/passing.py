"""One pass over a file, chunk by chunk: rows read, contradictions refused, the others compared with what is known.

Every row of the file ends as one of new, changed, same or refused; nothing is passed over.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from tenure.imports.kinds.kind import Given, Kind, Pass, State, Verdict
from tenure.imports.reading.opening import opened
from tenure.imports.reading.sheet import Line, Manner
from tenure.imports.rows import RefusedRow, Rows

_UNSIGNED = 2**63


@dataclass(frozen=True)
class Counts:
    """Rows by what became of them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.refused

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + its for mine, its in zip(self.as_tuple(), other.as_tuple(), strict=True)))

    def as_tuple(self) -> tuple[int, int, int, int]:
        return self.new, self.changed, self.same, self.refused


@dataclass
class Chunk:
    """Some rows of the file, in order. `done` of the file's bytes are read after them."""

    done: int = 0
    rows: int = 0
    lines: list[Line] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True)
class Judged:
    """A chunk compared: what is to be written, what is known already, what is refused, how many rows came to what, and
    what would change.
    """

    counts: Counts
    to_write: Sequence[Given]
    known: Sequence[Given]
    refused: Sequence[RefusedRow]
    seen: Sequence[tuple[int, Verdict]]


def chunks(path: Path, manner: Manner, rows: Rows, kind: Kind, skip: int = 0, *, rest: bool = True) -> Iterator[Chunk]:
    """The file's rows in chunks, without the first `skip`; without `rest` only their fields are read.

    Raises BadImport where the file breaks off.
    """
    with opened(path, manner) as sheet:
        chunk = Chunk()
        for line in islice(sheet.lines(), skip, None):
            read = rows.read(line, rest=rest)
            if isinstance(read, Given):
                chunk.lines.append(line)
                chunk.given.append(read)
            else:
                chunk.refused.append(read)
            chunk.rows += 1
            if chunk.rows >= kind.chunk:
                chunk.done = sheet.done
                yield chunk
                chunk = Chunk()
        chunk.done = sheet.size
        if chunk.rows:
            yield chunk


class Alike:
    """Rows of a file that are about the same thing.

    Those that say different things contradict each other: none is believed, whatever their order. Of those that say the
    same the first counts. Eight bytes for each row's subject and eight for what it says are kept until `settle`.
    """

    def __init__(self) -> None:
        self._subjects = array("Q")
        self._says = array("Q")
        self._contradicting: frozenset[int] = frozenset()
        self._repeated: frozenset[int] = frozenset()
        self._seen: set[int] = set()

    def add(self, chunk: Chunk, kind: Kind, rows: Rows) -> None:
        for line, given in zip(chunk.lines, chunk.given, strict=True):
            self._subjects.append(hash(kind.subject(given)) + _UNSIGNED)
            self._says.append(hash(rows.raw(line)) + _UNSIGNED)

    def settle(self) -> None:
        """After the last row: finds them. Only rows whose subject comes several times are grouped: few, as a rule."""
        subjects, says = (_as_arrow(each) for each in (self._subjects, self._says))
        in_order = subjects.take(pc.sort_indices(subjects))
        again = pc.equal(in_order.slice(1), in_order.slice(0, max(len(in_order) - 1, 0)))
        several_times = in_order.slice(1).filter(again).unique()
        among = pc.is_in(subjects, value_set=several_times)
        rows = pa.table([subjects.filter(among), says.filter(among)], ["subject", "says"])
        self._subjects, self._says = array("Q"), array("Q")
        said = rows.group_by("subject").aggregate([("says", "count_distinct")])
        contradicting = pc.greater(said["says_count_distinct"], 1)
        self._contradicting = frozenset(said.filter(contradicting)["subject"].to_pylist())
        self._repeated = frozenset(said["subject"].to_pylist()) - self._contradicting

    def contradicts(self, kind: Kind, given: Given) -> bool:
        """Whether the row is one of those that contradict each other."""
        return bool(self._contradicting) and hash(kind.subject(given)) + _UNSIGNED in self._contradicting

    def repeats(self, kind: Kind, given: Given) -> bool:
        """Whether an earlier row of this pass said the same."""
        if not self._repeated or (subject := hash(kind.subject(given)) + _UNSIGNED) not in self._repeated:
            return False
        if subject in self._seen:
            return True
        self._seen.add(subject)
        return False


def _as_arrow(numbers: "array[int]") -> pa.Array:
    """The same numbers, without a copy."""
    return pa.Array.from_buffers(pa.uint64(), len(numbers), [None, pa.py_buffer(numbers)])


def judge(chunk: Chunk, kind: Kind, run: Pass, rows: Rows, alike: Alike) -> Judged:
    """Compares a chunk with what is known."""
    refused = list(chunk.refused)
    lines: list[Line] = []
    fine: list[Given] = []
    same = 0
    for line, given in zip(chunk.lines, chunk.given, strict=True):
        if alike.contradicts(kind, given):
            said = _("Other lines of the file say something else about the same. Keep one of them.")
            refused.append(rows.refusal(line, {"": said}))
        elif alike.repeats(kind, given):
            same += 1
        else:
            lines.append(line)
            fine.append(given)
    counted: dict[State, int] = dict.fromkeys(State, 0)
    to_write, known, seen = [], [], []
    for line, given, verdict in zip(lines, fine, run.look(fine) if fine else [], strict=True):
        counted[verdict.state] += 1
        if verdict.state is State.REFUSED:
            refused.append(rows.refusal(line, verdict.problems))
        elif verdict.state is State.SAME:
            known.append(given)
        else:
            to_write.append(given)
            seen.append((given.line, verdict))
    refused.sort(key=lambda row: row.line)
    counts = Counts(counted[State.NEW], counted[State.CHANGED], counted[State.SAME] + same, len(refused))
    return Judged(counts, to_write, known, refused, seen)


def manner_of(kept: Mapping[str, str]) -> Manner:
    """How a file is read, as its import keeps it."""
    return Manner(**{name: kept.get(name, "") for name in ("encoding", "delimiter", "sheet")})
