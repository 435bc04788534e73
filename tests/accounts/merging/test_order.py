"""Merging and taking it back changes nothing, whatever arrives before, between and after."""

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.merging.verbs import merge_accounts, undo_merge
from tenure.accounts.models import Account, Identity
from tests.accounts.merging.conftest import DAY, group, use
from tests.events.conftest import House, open_house

accounts = st.sampled_from(["acme", "bolt", "cole"])
used = st.builds(use, accounts, st.sampled_from(["ada", "bea"]), st.integers(1, 9))
said = st.builds(
    lambda account, hour, plan: group(account, f"{DAY}T{hour:02}:00:00Z", plan=plan),
    accounts,
    st.integers(1, 9),
    st.sampled_from(["free", "pro"]),
)
linked = st.builds(
    lambda user, account, hour: {"type": "identify", "user": user, "account": account, "time": f"{DAY}T{hour:02}:00Z"},
    st.sampled_from(["ada", "bea"]),
    accounts,
    st.integers(10, 19),
)
unnamed = st.builds(
    lambda user, number: {key: value for key, value in use("acme", user, number + 20).items() if key != "account"},
    st.sampled_from(["ada", "bea"]),
    st.integers(1, 9),
)
messages = st.lists(st.one_of(used, said, linked, unnamed), max_size=6)
START = [group(account, f"{DAY}T00:00:00Z", plan="free") for account in ("acme", "bolt", "cole")]


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages, messages, messages, st.permutations(["acme", "bolt", "cole"]), st.booleans())
def test_it_is_as_if_nothing_had_been(db, before, between, after, names, take):
    plain = _told(lambda house: [house.send(*part) for part in (START, before, between, after) if part])

    def with_merge(house: House) -> None:
        house.send(*START, *before)
        merged, survivor, _ = (Account.objects.get(external_id=name) for name in names)
        merge = merge_accounts(merged, survivor, None, house.store, take=["plan"] if take else [])
        if between:
            house.send(*between)
        undo_merge(merge, None, house.store)
        if after:
            house.send(*after)

    assert _told(with_merge) == plain


def _told(story) -> list[object]:
    """What is known at the end of a story that begins with nothing."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        house = open_house(Path(folder))
        story(house)
        house.store.refresh_days(house.store.dirty_days())
        keys = dict(Account.objects.values_list("external_id", "pk"))
        users = dict(Identity.objects.values_list("home_id", "external_id"))
        found = [
            sorted(house.events()),
            {
                name: (
                    [(day, *rest) for day, _event, *rest in house.store.account_events(key, DAY, DAY)],
                    sorted((users[use.user_id], use.count) for use in house.store.account_users(key, DAY, DAY)[1]),
                    house.store.opened_users(key, DAY),
                )
                for name, key in keys.items()
            },
            sorted(Account.objects.values_list("external_id", "traits__plan", "first_day", "merged_into")),
        ]
        house.inbox.close()
        house.store.close()
        transaction.set_rollback(True)
    return found
