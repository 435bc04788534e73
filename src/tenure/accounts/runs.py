"""What was said about one field of one account, as runs: a value, from when to when it was said.

Only changes are kept, yet a statement that comes late must not change what was said after it. So each run remembers
the last time its value was said: a late other value inside the run splits it there, and the value is back from then on.
"""

from dataclasses import dataclass
from typing import Any


@dataclass
class Run:
    """`value` was said first at `first_us` and last, before another value came, at `last_us`.

    `row` is its Fact's id and `kept_last_us` what that row says, None while there is none.
    """

    first_us: int
    last_us: int
    text: str
    value: Any
    row: int | None = None
    kept_last_us: int | None = None

    @property
    def order(self) -> tuple[int, str]:
        """By time; two values of one time by their texts, so that which is the later one is certain."""
        return self.first_us, self.text


def say(runs: list[Run], time_us: int, text: str, value: Any) -> None:
    """Enters one statement into `runs`, which are in order and stay so."""
    place = len(runs)
    while place and runs[place - 1].order > (time_us, text):
        place -= 1
    before = runs[place - 1] if place else None
    if before is not None and before.text == text:
        before.last_us = max(before.last_us, time_us)
        return
    runs.insert(place, Run(time_us, time_us, text, value))
    if before is not None and (before.last_us, before.text) > (time_us, text):
        runs.insert(place + 1, Run(before.last_us, before.last_us, before.text, before.value))
        before.last_us = before.first_us
