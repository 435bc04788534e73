"""Who used what."""

from collections.abc import Sequence

from tenure.core.reference import use
from tenure.core.reference.rollups import opened_users, user_day
from tenure.warehouse.store import Store
from tests.warehouse.equality.story import Plain


def check_who_used_an_account(store: Store, plain: Plain, account: int, spans: Sequence[use.Span], offset: int) -> None:
    about = {"classes": plain.classes, "excluded": plain.excluded}
    first, last = spans[0]
    uses = use.account_users(plain.events, account, spans[0], **about)
    total, page = store.account_users(account, first, last, limit=2, offset=offset)
    assert total == len(uses)
    shown = [(one.user_id, one.active_days, one.count, one.value_count, one.last_day) for one in page]
    assert shown == uses[offset : offset + 2]
    others = {event.user_id for event in plain.events} - plain.excluded
    left_out = use.account_users(plain.events, account, spans[0], classes=plain.classes, excluded=others)
    total, page = store.account_users(account, first, last, limit=100, excluded=True)
    assert [(one.user_id, one.count, one.last_day) for one in page] == [
        (u.user_id, u.events, u.last_day) for u in left_out
    ]
    assert total == len(left_out)
    assert store.active_users(account, spans) == [use.active_users(plain.events, account, s, **about) for s in spans]
    by_day = use.active_users_by_day(plain.events, account, spans[0], **about)
    assert store.active_users_by_day(account, first, last) == by_day
    for gap_days in (1, 9):
        runs = [(run.user_id, run.first_day, run.last_day) for run in store.user_runs(account, last, gap_days)]
        assert runs == use.user_runs(plain.events, account, last, gap_days, **about)
    assert store.first_uses(account, last) == use.first_uses(plain.events, account, last)
    assert store.opened_users(account, last) == opened_users(plain.stored, account, last, plain.excluded)
    user = min(others, default=1)
    days = user_day([event for event in plain.events if event.account_id == account], plain.classes)
    expected = sorted((day, *n) for (_, of, day), n in days.items() if of == user and first <= day <= last)
    assert store.user_days(user, first, last, [account]) == expected
