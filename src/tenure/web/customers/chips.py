"""The health states above the list: how many customers are in each, and a click shows them alone."""

from datetime import date

from tenure.ui.states import LOOKS
from tenure.ui.table import Chip
from tenure.warehouse.schema import HealthState
from tenure.warehouse.store import Store
from tenure.web.customers.filters import ListFilter


def state_chips(store: Store, day: date, asked: ListFilter) -> list[Chip]:
    """All states, best first; none when the day has no numbers. A click adds a state to the filter or takes it away."""
    counts = {state: count for _day, state, count in store.state_counts(day, day, asked.query.visible)}
    if not counts:
        return []
    return [
        Chip(look.word, counts.get(code, 0), _toggled(asked, code), code in asked.states, look.tone)
        for code, look in LOOKS.items()
    ]


def _toggled(asked: ListFilter, code: HealthState) -> str:
    states = asked.states ^ {code}
    tones = [look.tone for each, look in LOOKS.items() if each in states]
    return asked.table.url(state=",".join(tones) if 0 < len(tones) < len(LOOKS) else None)
