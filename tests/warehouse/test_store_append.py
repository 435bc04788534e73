"""What a batch changes, once and repeated, on every engine."""

from datetime import timedelta

from tenure.warehouse.store import Batch, EventFilter, Reassign, Relink
from tests.warehouse.rows import DAY, event, rows

NEXT = DAY + timedelta(days=1)


def test_it_changes_nothing_but_the_position_when_a_batch_is_repeated(store):
    store.set_events([(1, 2, 1)])
    batch = [event(1), event(2, user=2), event(1, account=9)]
    first = store.append(Batch(rows(*batch), 7, links=[(1, 5, DAY)]))
    store.refresh_days(store.dirty_days())
    again = store.append(Batch(rows(*batch), 8, links=[(1, 5, DAY)]))

    assert (first.added, first.duplicates, first.days) == (2, 1, {DAY})
    assert (again.added, again.duplicates, again.days) == (0, 3, frozenset())
    assert store.position() == 8
    assert store.dirty_days() == []
    assert store.account_events(1, DAY, DAY) == [(DAY, 1, 2, 2)]
    assert store.opened_users(1, DAY) == 3


def test_it_looks_back_seven_days_for_messages_without_a_time(store):
    store.append(Batch(rows(event(1)), 1))
    week_later, later_still = (DAY + timedelta(days=days) for days in (7, 8))

    assert store.append(Batch(rows(event(1, day=week_later)), 2)).added == 1
    assert store.append(Batch(rows(event(1, day=week_later)), 3, timeless=True)).added == 0
    assert store.append(Batch(rows(event(1, day=later_still)), 4, timeless=True)).added == 0
    assert store.append(Batch(rows(event(1, day=DAY - timedelta(days=1))), 5, timeless=True)).added == 1


def test_it_gives_stored_and_new_events_to_whom_the_identity_turned_out_to_be(store):
    store.set_events([(1, 2, 1)])
    anonymous = {"user": 3, "identity": 30, "account": 0, "explicit": False}
    store.append(Batch(rows(event(1, **anonymous), event(2, user=4, account=0, explicit=False)), 1))
    repaired = store.append(
        Batch(
            rows(event(3, **anonymous, day=NEXT), event(4, user=5, account=2)),
            2,
            links=[(1, 5, DAY)],
            reassigns=[Reassign(30, 5)],
            relinks=[Relink(5, 1)],
        )
    )

    assert repaired.days == {DAY, NEXT}
    assert [(row.user_id, row.account_id) for row in store.events(EventFilter(user_id=5))] == [(5, 1), (5, 2), (5, 1)]
    assert store.active_users(1, [(DAY, DAY), (NEXT, NEXT)]) == [1, 1]
    assert store.opened_users(1, DAY) == 1
    assert store.active_users(0, [(DAY, NEXT)]) == [1]
    assert store.check() == []


def test_it_counts_at_once_and_users_at_most_until_days_are_refreshed(store):
    store.set_events([(1, 2, 1)])
    users = range(1, 201)
    store.append(Batch(rows(*(event(user, user=user) for user in users)), 1))
    store.append(Batch(rows(*(event(300 + user, user=user) for user in users)), 2))
    [(day, event_id, count, seen)] = store.account_events(1, DAY, DAY)
    store.refresh_days([DAY])

    assert (day, event_id, count) == (DAY, 1, 400)
    assert 0 < seen <= 200
    assert store.account_events(1, DAY, DAY) == [(DAY, 1, 400, 200)]


def test_it_answers_when_it_is_empty(store):
    totals = store.totals()
    assert (totals.events, totals.users, totals.accounts, totals.first_day, totals.last_day) == (0, 0, 0, None, None)
    assert store.position() == 0
    assert store.closed_days() is None
    assert store.events(EventFilter()) == []
    assert store.event_totals() == []
    assert store.active_users(1, [(DAY, DAY)]) == [0]
    assert store.append(Batch(rows(), 3)).added == 0
    store.sort_month(DAY)
    store.recount_users()
    assert store.check() == []
