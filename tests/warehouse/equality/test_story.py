"""After any story every engine answers everything about events and metrics like the plain reference."""

from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.equality import strategies as some
from tests.warehouse.equality.examples import some_examples
from tests.warehouse.equality.metrics import check_metrics
from tests.warehouse.equality.stored import (
    check_accounts_and_totals,
    check_counts_by_day,
    check_events_page_by_page,
    check_volumes,
)
from tests.warehouse.equality.story import tell
from tests.warehouse.equality.users import check_who_used_an_account


@some_examples
@given(
    steps=some.stories,
    filter=some.event_filters,
    limit=st.integers(1, 30),
    account=some.accounts,
    spans=st.lists(some.day_spans, min_size=1, max_size=3),
    offset=st.integers(0, 2),
    used=st.lists(some.usage, min_size=1, max_size=5),
    known=some.looked_up,
    day=some.days,
)
def test_it_answers_like_the_reference(new_store, steps, filter, limit, account, spans, offset, used, known, day):
    store = new_store()
    plain = tell(store, steps)
    check_counts_by_day(store, plain)
    check_volumes(store, plain, spans[0], filter.event_ids)
    check_accounts_and_totals(store, plain)
    check_events_page_by_page(store, plain, filter, limit)
    check_who_used_an_account(store, plain, account, spans, offset)
    check_metrics(store, plain, used, known, day)
