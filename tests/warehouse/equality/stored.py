"""What is stored, and what lists and counts say of it."""

from collections.abc import Collection
from datetime import date

from tenure.core.reference import rollups
from tenure.core.reference.events import Event
from tenure.core.reference.lists import list_events
from tenure.warehouse.store import EventFilter, EventTotal, Store
from tests.warehouse.equality.story import Plain

FIRST, LAST = date(2025, 1, 1), date(2027, 1, 1)


def check_counts_by_day(store: Store, plain: Plain) -> None:
    counts = rollups.event_day(plain.events, plain.excluded)
    for account in range(4):
        expected = sorted((day, event, *n) for (of, event, day), n in counts.items() if of == account)
        assert store.account_events(account, FIRST, LAST) == expected

    assert store.event_volumes(FIRST, LAST) == rollups.event_volumes(plain.events, (FIRST, LAST))
    assert store.event_totals() == [EventTotal(*total) for total in rollups.event_totals(plain.events)]


def check_volumes(store: Store, plain: Plain, span: tuple[date, date], event_ids: Collection[int] | None) -> None:
    assert store.event_volumes(*span, event_ids) == rollups.event_volumes(plain.events, span, event_ids)
    assert store.event_totals(span) == [EventTotal(*total) for total in rollups.event_totals(plain.events, span)]


def check_accounts_and_totals(store: Store, plain: Plain) -> None:
    assert store.first_days() == rollups.account_first_days(plain.kept)
    totals = store.totals()
    assert totals.events == len(plain.events)
    assert totals.users == len({event.user_id for event in plain.events} - {0})
    assert totals.accounts == len({event.account_id for event in plain.events} - {0})
    assert totals.first_day == min((event.day for event in plain.events), default=None)
    assert totals.last_day == max((event.day for event in plain.events), default=None)
    assert store.position() == plain.position
    assert store.dirty_days() == []
    assert store.check() == []


def check_events_page_by_page(store: Store, plain: Plain, filter: EventFilter, limit: int) -> None:
    expected = list_events(plain.events, **vars(filter))
    assert store.count_events(filter) == len(expected)
    page = store.events(filter, limit)
    assert [_shown(row) for row in page] == [_shown(event) for event in expected[:limit]]
    if page:
        after = EventFilter(**{**vars(filter), "before": (page[-1].time, page[-1].message_id)})
        assert [_shown(row) for row in store.events(after, 200)] == [
            _shown(event) for event in list_events(plain.events, **vars(after))
        ]


def _shown(event: Event) -> tuple[object, ...]:
    """What every list of events shows of one."""
    ids = event.message_id, event.account_id, event.user_id, event.event_id
    return *ids, event.time, event.day, event.received_at, event.properties
