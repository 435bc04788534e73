"""Rows of a file, of users and of events, taken back: the end is as if the file had never come, whatever else came before, between and after."""

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.keeping import GivenAccount, keep_accounts
from tenure.accounts.models import FileStatement, Identity
from tenure.events.inbox.store import Arrival
from tenure.events.message import Request
from tenure.events.quarantine import query_of_rows
from tenure.events.rows import message_key
from tenure.events.withdrawing import forget_mentions, withdraw
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.warehouse.duckdb import DuckDBStore
from tests.events.conftest import House, open_house
from tests.events.reference import Item, ending
from tests.events.test_order import (
    ACCOUNTS,
    ANONYMOUS,
    USERS,
    assert_ending,
    load_somehow,
    messages,
    opened_users,
    times,
    traits,
    what_is_there,
)

users = st.sampled_from((*USERS, "fay", "gil", ANONYMOUS[0]))
accounts = st.sampled_from((*ACCOUNTS, "dune"))
identifies = st.fixed_dictionaries(
    {"type": st.just("identify"), "user": users}, optional={"account": accounts, "traits": traits}
)
tracks = st.fixed_dictionaries({"event": st.just("open"), "user": users}, optional={"account": accounts})
files = st.lists(st.tuples(identifies | tracks, times), min_size=1, max_size=6).map(
    lambda pairs: [{**item, "time": time} for item, time in pairs]
)


def put_rows(house: House, rows: Sequence[Item], file: str) -> None:
    body = "\n".join(json.dumps(row) for row in rows).encode()
    request = Request("events", body, query_of_rows(file, 1), "application/x-ndjson")
    house.inbox.put([Arrival(house.source.pk, "native", to_us(clock.now()), request)])


def take_back(house: House, rows: Sequence[Item], file: str) -> None:
    withdraw(house.inbox, [message_key(row["id"], house.source.pk, 0) for row in rows])
    forget_mentions(house.inbox, file, len(rows))


def put_customers(file: str) -> None:
    """A file of customers is written beside the loader."""
    given = [GivenAccount(text, to_us(clock.now()), {}) for text in (ACCOUNTS[0], "dune", "echo")]
    keep_accounts(given, f"customers (#{file})", clock.now(), configured.CONFIG.zone, file=file)


def numbered(rows: Sequence[Item], file: str) -> list[Item]:
    return [{**row, "id": f"{file}-{place}", "properties": {"id": f"{file}-{place}"}} for place, row in enumerate(rows)]


def check(items: list[Item], undone: list[Item], kept: list[Item], seed: int) -> None:
    """Of two files the first is taken back, in parts and twice, and one of customers at any time; then the warehouse is
    made anew, from the inbox and perhaps a backup of any time.
    """
    items = [{**item, "properties": {"id": item["id"]}} for item in items]
    undone, kept = numbered(undone, "f1"), numbered(kept, "f2")
    rng = random.Random(seed)
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        house, backup = open_house(Path(folder)), Path(folder) / "backup"
        backup.mkdir()
        between = [
            lambda: put_rows(house, undone, "f1"),
            lambda: put_rows(house, undone[: rng.randint(1, len(undone))], "f1"),
            lambda: house.store.backup(backup) if rng.random() < 0.5 else None,
            lambda: take_back(house, undone[: len(undone) // 2], ""),
            lambda: take_back(house, undone, "f1"),
            lambda: take_back(house, undone, "f1"),
        ]
        between.insert(rng.randint(0, len(between)), lambda: put_rows(house, kept, "f2"))
        between.insert(first := rng.randint(0, len(between)), lambda: put_customers("f3"))
        between.insert(rng.randint(first + 1, len(between)), lambda: forget_mentions(house.inbox, "f3", 3))
        load_somehow(house, items, rng, between)
        found = [(what_is_there(house), opened_users(house), house.store.check())]
        anonymous = set(Identity.objects.filter(anonymous=True).values_list("external_id", flat=True))
        statements = FileStatement.objects.count()
        house.store.close()
        house.store = DuckDBStore.open(next(backup.iterdir(), Path(folder) / "again.duckdb"))
        house.restart()
        house.loader.load_all()
        found.append((what_is_there(house), opened_users(house), house.store.check()))
        house.store.close()
        house.inbox.close()
        transaction.set_rollback(True)
    wanted = ending([*items, *({**row, "file": "f2"} for row in kept)])
    for there, opened, problems in found:
        assert_ending(there, opened, wanted)
        assert problems == []
    known = {item["user"] for item in items if "user" in item}
    assert anonymous == {item[key] for item in items for key in ("anonymous", "previous") if key in item} - known
    assert statements == sum("type" in row for row in kept)


@pytest.mark.django_db
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=messages, undone=files, kept=files, seed=st.integers(0, 2**32))
def test_it_ends_as_if_the_file_had_never_come(items, undone, kept, seed):
    check(items, undone, kept, seed)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=messages, undone=files, kept=files, seed=st.integers(0, 2**32))
def test_it_ends_as_if_the_file_had_never_come_often(items, undone, kept, seed):
    check(items, undone, kept, seed)
