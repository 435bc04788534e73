"""A source, an inbox, a warehouse and a loader, all real, and a short way to send items of our own format."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tenure.accounts.models import Account, Identity
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.loader import Loader
from tenure.events.message import Request
from tenure.events.models import EventType, Source
from tenure.events.sources import create_source
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import EventFilter, Store


@dataclass
class House:
    """What events pass through."""

    source: Source
    inbox: Inbox
    store: Store
    loader: Loader

    def put(self, *items: dict[str, Any]) -> int:
        """One body of items, durable, not loaded yet."""
        return self.put_raw("native", Request("events", json.dumps(items).encode()))

    def put_raw(self, wire_format: str, request: Request) -> int:
        return self.inbox.put([Arrival(self.source.pk, wire_format, to_us(clock.now()), request)])[0]

    def send(self, *items: dict[str, Any]) -> None:
        """One body, loaded."""
        self.put(*items)
        self.loader.load_all()

    def restart(self) -> None:
        """A new loader, as after a crash."""
        self.loader = Loader(self.inbox, self.store, settings.CONFIG)

    def events(self) -> list[tuple[str, str, str]]:
        """(event, account, user) of all that is stored, by time; the user by the id it started with."""
        names = dict(EventType.objects.values_list("id", "name"))
        accounts = {0: "", **dict(Account.objects.values_list("id", "external_id"))}
        users = {0: "", **dict(Identity.objects.values_list("home_id", "external_id"))}
        rows = self.store.events(EventFilter(), limit=1000)
        return [(names[row.event_id], accounts[row.account_id], users[row.user_id]) for row in reversed(rows)]


def open_house(folder: Path) -> House:
    inbox, store = SqliteInbox(folder / "inbox.sqlite3"), DuckDBStore.open(folder / "warehouse.duckdb")
    source = create_source("App", actor=None)
    return House(source, inbox, store, Loader(inbox, store, settings.CONFIG))


@pytest.fixture
def house(db: None, tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.inbox.close()
    house.store.close()
