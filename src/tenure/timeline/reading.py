"""Reading a timeline: the latest of all kinds, merged."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from tenure.timeline.crossings import crossings
from tenure.timeline.doings import doings
from tenure.timeline.entry import Asked, Entry, Kind
from tenure.timeline.learnt import learnt
from tenure.timeline.measured import measured
from tenure.timeline.recorded import answers, opportunities, tickets
from tenure.timeline.touches import touches
from tenure.warehouse.current import store
from tenure.warehouse.store import TooMuchData, WarehouseBusy

_TELLERS: Final[Mapping[Kind, Callable[[Asked], list[Entry]]]] = {
    Kind.FIELD: learnt,
    Kind.CHANGE: doings,
    Kind.FOLLOW_UP: touches,
    Kind.TICKET: tickets,
    Kind.ANSWER: answers,
    Kind.OPPORTUNITY: opportunities,
    Kind.SEGMENT: crossings,
}
_FROM_STORE: Final = frozenset({Kind.HEALTH, Kind.USER, Kind.FEATURE})


def read_timeline(asked: Asked, kinds: frozenset[Kind]) -> tuple[list[Entry], bool]:
    """The latest entries of the kinds, at most as many as asked for; and whether those from the numbers could be read.

    Once there are enough, the others are asked only for what is later than the last of these.
    """
    found: list[Entry] = []
    for tell in (tell for kind, tell in _TELLERS.items() if kind in kinds):
        found = _latest(found + tell(asked), asked)
        if len(found) == asked.limit:
            asked = replace(asked, since=found[-1].at)
    if kinds & _FROM_STORE:
        try:
            found += measured(store(), kinds, asked)
        except (TooMuchData, WarehouseBusy):
            return _latest(found, asked), False
    return _latest(found, asked), True


def _latest(entries: list[Entry], asked: Asked) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.key, reverse=True)[: asked.limit]
