"""Whatever the order, the repetitions, the portions and the crashes: the end is the same."""

import random
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.models import Account, Identity, User
from tenure.events.models import EventType
from tenure.warehouse.store import Appended, Batch, EventFilter, WarehouseError
from tests.events.conftest import House, open_house
from tests.events.reference import Ending, Item, ending

USERS, ANONYMOUS, ACCOUNTS = ("ada", "bob", "cy"), ("a1", "a2", "a3"), ("acme", "bolt", "corp")
START = datetime(2026, 3, 1, 22, tzinfo=UTC)
LAST = date(2026, 12, 31)

times = st.integers(0, 12).map(lambda n: (START + timedelta(minutes=20 * n)).isoformat())
traits = st.dictionaries(st.sampled_from(["plan", "city"]), st.sampled_from(["x", "y"]), min_size=1, max_size=2)
tracks = st.one_of(
    st.fixed_dictionaries({"user": st.sampled_from(USERS)}, optional={"anonymous": st.sampled_from(ANONYMOUS)}),
    st.fixed_dictionaries({"anonymous": st.sampled_from(ANONYMOUS)}),
    st.fixed_dictionaries({"account": st.sampled_from(ACCOUNTS), "user": st.sampled_from(USERS)}),
    st.fixed_dictionaries({"account": st.sampled_from(ACCOUNTS)}),
).flatmap(lambda who: st.sampled_from(["open", "save"]).map(lambda name: {**who, "event": name}))
identifies = st.fixed_dictionaries(
    {"type": st.just("identify"), "user": st.sampled_from(USERS)},
    optional={"anonymous": st.sampled_from(ANONYMOUS), "account": st.sampled_from(ACCOUNTS), "traits": traits},
)
groups = st.fixed_dictionaries(
    {"type": st.just("group"), "account": st.sampled_from(ACCOUNTS)},
    optional={"user": st.sampled_from(USERS), "traits": traits},
) | st.fixed_dictionaries(
    {"type": st.just("group"), "account": st.sampled_from(ACCOUNTS), "anonymous": st.sampled_from(ANONYMOUS)}
)
aliases = st.fixed_dictionaries(
    {"type": st.just("alias"), "user": st.sampled_from(USERS), "previous": st.sampled_from(ANONYMOUS + USERS)}
)
messages = st.lists(st.tuples(tracks | tracks | identifies | groups | aliases, times), min_size=1, max_size=14).map(
    lambda pairs: [{**item, "time": time, "id": f"m{n}"} for n, (item, time) in enumerate(pairs)]
)


class Crash(WarehouseError):
    """Power is cut before the warehouse's transaction."""


def load_somehow(
    house: House, items: list[Item], rng: random.Random, between: Sequence[Callable[[], object]] = ()
) -> None:
    """Every item at least once, in bodies and batches of any size, one or several on their way, with crashes.

    What is to happen `between` happens in its order, at any time.
    """
    waiting = list(between)
    sent = items + rng.choices(items, k=len(items))
    rng.shuffle(sent)
    append = house.store.append

    def append_or_crash(batch: Batch) -> Appended:
        if rng.random() < 0.2:
            raise Crash
        return append(batch)

    house.store.append = append_or_crash  # type: ignore[method-assign]
    while sent or waiting or house.inbox.backlog(house.store.position())[0]:
        for _ in range(rng.randint(0, 3)):
            size = rng.randint(1, 5)
            if sent[:size]:
                house.put(*sent[:size])
                del sent[:size]
            if waiting and rng.random() < 0.4:
                waiting.pop(0)()
        try:
            house.loader.load_once() if rng.random() < 0.5 else house.loader.load_all()
        except Crash:
            house.restart()
    house.store.append = append  # type: ignore[method-assign]


def what_is_there(house: House) -> Ending:
    store = house.store
    store.refresh_days(store.dirty_days())
    names = dict(EventType.objects.values_list("id", "name"))
    accounts = {0: "", **dict(Account.objects.values_list("id", "external_id"))}
    users = {0: "", **dict(Identity.objects.values_list("home_id", "external_id"))}
    rows = {
        row.properties: (names[row.event_id], accounts[row.account_id], users[row.user_id])
        for row in store.events(EventFilter(), limit=1000)
    }
    first_days = {account.external_id: account.first_day for account in Account.objects.exclude(first_day=None)}
    assert first_days == {accounts[key]: day for key, day in store.first_days().items()}
    opened = {}
    for key, account in accounts.items():
        if key and (found := store.account_users(key, date(2020, 1, 1), LAST, limit=100)[1]):
            opened[account] = {users[use.user_id] for use in found}
    counts = {
        (account, day, names[event]): (count, distinct)
        for key, account in accounts.items()
        for day, event, count, distinct in store.account_events(key, date(2020, 1, 1), LAST)
    }
    alone = User.objects.filter(merged_into=None).values_list("own_identity__external_id", flat=True)
    about_accounts = {account.external_id: account.traits for account in Account.objects.all() if account.traits}
    about_users = {user.own_identity.external_id: user.traits for user in User.objects.all() if user.traits}
    assert store.listed_accounts() == accounts.keys() - {0}
    return Ending(
        rows, opened, first_days, counts, set(alone), about_accounts, about_users, set(accounts.values()) - {""}
    )


def check(items: list[Item], seed: int) -> None:
    items = [{**item, "properties": {"id": item["id"]}} for item in items]
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        house = open_house(Path(folder))
        load_somehow(house, items, random.Random(seed))
        found, opened = what_is_there(house), opened_users(house)
        house.store.close()
        house.inbox.close()
        transaction.set_rollback(True)
    assert_ending(found, opened, ending(items))


def assert_ending(found: Ending, opened: dict[str, int], wanted: Ending) -> None:
    """Items have their id as their property. `opened` are users by account."""
    assert found.rows == {f'{{"id": "{key}"}}': row for key, row in wanted.rows.items()}
    assert found.counts == wanted.counts
    assert opened == {account: len(wanted.opened.get(account, ())) for account in opened}
    assert found.first_days == wanted.first_days
    assert found.users == wanted.users
    assert found.accounts == wanted.accounts
    assert found.account_traits == wanted.account_traits
    assert found.user_traits == wanted.user_traits


def opened_users(house: House) -> dict[str, int]:
    accounts = Account.objects.values_list("external_id", "id")
    return {account: house.store.opened_users(key, LAST) for account, key in accounts}


@pytest.mark.django_db
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=messages, seed=st.integers(0, 2**32))
def test_it_ends_the_same_in_any_order(items, seed):
    check(items, seed)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=37, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=messages, seed=st.integers(0, 2**32))
def test_it_ends_the_same_in_any_order_often(items, seed):
    check(items, seed)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, 45])
def test_it_forgets_the_link_of_an_id_that_moved_on_after_a_crash(seed):
    start = START.isoformat()
    items = [
        {"user": "ada", "event": "open"},
        {"user": "ada", "event": "open"},
        {"user": "bob", "anonymous": "a2", "event": "open"},
        {"type": "group", "account": "acme", "anonymous": "a2"},
        {"type": "alias", "user": "ada", "previous": "a2"},
        {"anonymous": "a1", "event": "open"},
        {"anonymous": "a3", "event": "open"},
    ]
    check([{**item, "time": start, "id": f"m{n}"} for n, item in enumerate(items)], seed)
