"""What was said about one field of one account, as runs: a value, from when to when it was said.

Only changes are kept, yet a statement that comes late must not change what was said after it. So each run remembers
the last time its value was said: a late other value inside the run splits it there, and the value is back from then on.

Systems say things again and again, in any order; people decide once. What a person writes takes the place of what
begins at the very same time, and a run they call wrong is gone, with all the times it was said.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple


class Origin(NamedTuple):
    """Where a value came from: the source's name, and the id of the member who wrote it."""

    source: str
    actor_id: int | None = None


NOWHERE: Final = Origin("")


@dataclass
class Run:
    """`value` was said first at `first_us` and last, before another value came, at `last_us`.

    `row` is its Fact's id and `kept_last_us` what that row says, None while there is none. `corrects` is the id of the
    fact it takes the place of; a `withdrawal` takes it away and says nothing itself.
    """

    first_us: int
    last_us: int
    text: str
    value: Any
    origin: Origin = NOWHERE
    row: int | None = None
    kept_last_us: int | None = None
    corrects: int | None = None
    withdrawal: bool = False

    @property
    def order(self) -> tuple[int, str]:
        """By time; two values of one time by their texts, so that which is the later one is certain."""
        return self.first_us, self.text


def say(runs: list[Run], time_us: int, text: str, value: Any, origin: Origin = NOWHERE) -> None:
    """Enters one statement of a system into `runs`, which are in order and stay so."""
    place = len(runs)
    while place and runs[place - 1].order > (time_us, text):
        place -= 1
    before = runs[place - 1] if place else None
    if before is not None and before.text == text:
        before.last_us = max(before.last_us, time_us)
        return
    _insert(runs, place, Run(time_us, time_us, text, value, origin))


def decide(runs: list[Run], time_us: int, text: str, value: Any, origin: Origin, wrong: Run | None = None) -> list[Run]:
    """Enters what a person wrote: from `time_us` the value is this one, and `wrong`, one of `runs`, never was.

    Returns the withdrawals to write beside: of what has to go and is not corrected by a new run. Nothing is entered
    when the value is true at that time without it.
    """
    gone = [run for run in runs if run is wrong or (run.first_us == time_us and run.text != text)]
    runs[:] = [run for run in runs if not any(run is each for each in gone)]
    place = len(runs)
    while place and runs[place - 1].first_us > time_us:
        place -= 1
    new = None
    if not place or runs[place - 1].text != text:
        new = Run(time_us, time_us, text, value, origin, corrects=gone[0].row if gone else None)
        _insert(runs, place, new)
    return [withdrawal(run, origin) for run in (gone[1:] if new else gone)]


def withdraw(runs: list[Run], wrong: Run, origin: Origin) -> list[Run]:
    """Takes a run away: what came before it goes on. Returns the withdrawal to write."""
    runs[:] = [run for run in runs if run is not wrong]
    return [withdrawal(wrong, origin)]


def withdrawal(run: Run, origin: Origin) -> Run:
    return Run(run.first_us, run.first_us, "null", None, origin, corrects=run.row, withdrawal=True)


def _insert(runs: list[Run], place: int, run: Run) -> None:
    before = runs[place - 1] if place else None
    runs.insert(place, run)
    if before is not None and (before.last_us, before.text) > (run.first_us, run.text):
        back = Run(before.last_us, before.last_us, before.text, before.value, before.origin)
        runs.insert(place + 1, back)
        before.last_us = before.first_us
