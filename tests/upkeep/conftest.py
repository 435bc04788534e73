"""An installation with real files: a database, an inbox and a warehouse with events in a data folder of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from django.conf import settings as django_settings

from tenure import config as config_module
from tenure.config import Config
from tenure.events.inbox import current as current_inbox
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.loader import Loader
from tenure.events.message import Request
from tenure.events.models import Source
from tenure.events.sources import create_source
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.warehouse import current as current_store
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Store

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


@dataclass
class House:
    config: Config
    inbox: Inbox
    store: Store
    source: Source

    def take(self, *numbers: int) -> None:
        """One body an event; its number makes it the same event when it comes again."""
        for number in numbers:
            item = {"id": f"e{number}", "event": "open", "user": f"u{number % 3}", "account": "acme"}
            request = Request("events", msgspec.json.encode([item]), content_type="application/json")
            self.inbox.put([Arrival(self.source.pk, "native", to_us(clock.now()), request)])

    def load(self) -> None:
        Loader(self.inbox, self.store, self.config).load_all()

    def events(self) -> int:
        return self.store.totals().events

    def reopen(self) -> None:
        self.store = DuckDBStore.open(self.config.warehouse_path)
        self.inbox = SqliteInbox(self.config.inbox_path)

    def close(self) -> None:
        self.store.close()
        self.inbox.close()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = replace(config_module.read({}), data=tmp_path / "data", min_free_disk=1)
    config.data.mkdir(mode=0o700)
    return config


@pytest.fixture
def house(config: Config, db, monkeypatch) -> Iterator[House]:
    """Five events are loaded. The operational database in the folder is a file with one row, to be told by it."""
    clock.set_clock(lambda: NOW)
    with closing(sqlite3.connect(config.sqlite_path)) as database:
        database.execute("CREATE TABLE word (said TEXT)")
        database.execute("INSERT INTO word VALUES ('before')")
        database.commit()
    monkeypatch.setattr(django_settings, "CONFIG", config)
    house = House(
        config, SqliteInbox(config.inbox_path), DuckDBStore.open(config.warehouse_path), create_source("App", None)
    )
    house.take(*range(5))
    house.load()
    current_inbox.use(house.inbox)
    current_store.use(house.store)
    yield house
    current_inbox.use(None)
    current_store.use(None)
    house.close()


def word(config: Config) -> str:
    """What the operational database says."""
    with closing(sqlite3.connect(config.sqlite_path)) as database:
        return database.execute("SELECT said FROM word").fetchone()[0]


def say(config: Config, text: str) -> None:
    with closing(sqlite3.connect(config.sqlite_path)) as database:
        database.execute("UPDATE word SET said = ?", [text])
        database.commit()
