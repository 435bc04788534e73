"""Ada Lovelace of Alder, known by a login and a browser, in every place where a person may be named; and Bob."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tenure.accounts.contacts.details import checked
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, Contact, Identity, User
from tenure.events.inbox import current as current_inbox
from tenure.lib import clock
from tenure.people.models import Member
from tenure.privacy.sweep import sweep
from tenure.records.keeping import Said, keep_records
from tenure.records.models import Ticket
from tenure.warehouse import current as current_store
from tenure.warehouse.store import EventFilter
from tenure.work.content import Content, Step
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType
from tests.events.conftest import House, open_house

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
#: What must not be found anywhere once she was erased.
TRACES = ("ada-login", "ada-browser", "Ada Lovelace", "ada@alder.example")
TRAITS = {"name": "Ada Lovelace", "email": "ada@alder.example", "colour": "mauve"}
ITEMS = (
    {"id": "1", "event": "open", "user": "ada-login", "anonymous": "ada-browser", "account": "alder"},
    {
        "id": "ada-login-2",
        "event": "save",
        "user": "ada-login",
        "properties": {"account_id": "alder", "to": "ada@alder.example"},
    },
    {"id": "3", "event": "visit", "anonymous": "ada-browser", "properties": {"who": "Ada Lovelace"}},
    {"id": "4", "type": "identify", "user": "ada-login", "account": "alder", "traits": TRAITS},
    {"id": "5", "event": "open", "user": "bob", "account": "alder", "properties": {"colour": "mauve"}},
    {"id": "6", "event": "open", "user": "ada-login", "time": "never"},
    {
        "id": "7",
        "type": "group",
        "user": "ada-login",
        "account": "alder",
        "traits": {"owner": "ada@alder.example", "plan": "pro"},
    },
)


@pytest.fixture
def config(tmp_path: Path, monkeypatch):
    config = replace(settings.CONFIG, data=tmp_path)
    monkeypatch.setattr(settings, "CONFIG", config)
    return config


@pytest.fixture
def house(db, config, tmp_path: Path) -> Iterator[House]:
    clock.set_clock(lambda: NOW)
    house = open_house(tmp_path)
    current_inbox.use(house.inbox)
    current_store.use(house.store)
    house.send(*ITEMS)
    yield house
    current_inbox.use(None)
    current_store.use(None)
    house.inbox.close()
    house.store.close()


@pytest.fixture
def ada(house: House) -> User:
    return Identity.objects.get(external_id="ada-login").user


@pytest.fixture
def contact(house: House, ada: User, alice: Member) -> Contact:
    """She is a contact as well, somebody wrote of her, and promised her something."""
    account = Account.objects.get(external_id="alder")
    texts = {"name": "Ada Lovelace", "email": "ada@alder.example", "phones": "+44 20 7946 0958", "wechat": "ada_l"}
    contact = add_contact(account, checked({**texts, "title": "CTO", "note": "likes tea"}, ada.pk), alice)
    content = Content(
        type=FollowUpType.objects.get(key="visit"),
        at=NOW,
        notes="Met Ada Lovelace (ada@alder.example).",
        outcome="Ada Lovelace agreed.",
        contact_ids=(contact.pk,),
        next_steps=(Step("Send it to ada lovelace", date(2026, 4, 1)),),
    )
    log_follow_up(account, content, actor=alice)
    ticket = Said(account.pk, "T1", {"at": NOW, "requester": "ada@alder.example"}, {"watcher": "Ada Lovelace"})
    keep_records(Ticket, [ticket], alice, "desk.csv")
    return contact


def sweep_all(house: House, config):
    return sweep(house.inbox, house.store, config, lambda done, total: None)


def traces(house: House, *needles: str) -> list[str]:
    """Where something of her is left: every text of every row, of every body and of every event."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.all().values():
            for name, value in row.items():
                if name not in ("password",) and any(needle in str(value).lower() for needle in _low(needles)):
                    found.append(f"{model.__name__}.{name}: {value}")
    for body in house.inbox.after(0, 10_000, 2**30):
        text = str(body).lower()
        found += [f"body {body.id}: {text}" for needle in _low(needles) if needle in text]
    for row in house.store.events(EventFilter(), limit=1000):
        found += [f"event: {row}" for needle in _low(needles) if needle in row.properties.lower()]
    return found


def _low(needles):
    return [needle.lower() for needle in needles or TRACES]


def numbers(house: House):
    """What counts and reports are made of."""
    rows = house.store.events(EventFilter(), limit=1000)
    alder = Account.objects.get(external_id="alder").pk
    facts = sorted((row.message_id, row.account_id, row.user_id, row.event_id, row.time) for row in rows)
    return facts, house.store.account_events(alder, date(2026, 1, 1), date(2027, 1, 1))


def resent(house: House, *items):
    """The same bodies once more, as an SDK that heard no answer sends them."""
    house.send(*(items or ITEMS))
    return house.store.totals().events
