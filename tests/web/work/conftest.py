"""alice, who owns, and an account she follows up."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.models import Account, Field
from tenure.lib import clock
from tenure.work.content import Content
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def acme(db):
    clock.set_clock(lambda: NOW)
    return Account.objects.create(external_id="acme", name="Acme")


@pytest.fixture
def alices(client, alice, acme):
    client.force_login(alice)
    return client


@pytest.fixture
def field(db):
    """field("tier") is the id of the field of that key, as text."""
    return lambda key: str(Field.objects.get(key=key).pk)


@pytest.fixture
def typed(acme):
    """What somebody types into the form, and more: typed(notes="")."""

    def form(**more):
        call = FollowUpType.objects.get(key="call").pk
        return {"account": acme.pk, "type": call, "at": "2026-06-30T10:00", "notes": "Renewal talk", **more}

    return form


@pytest.fixture
def log(acme, alice):
    """Logs a call of the account, as alice: log("Notes", at=…)."""

    def one(notes="A call", *, account=None, actor=None, **content):
        kind = FollowUpType.objects.get(key=content.pop("type", "call"))
        said = Content(kind, content.pop("at", NOW), notes, **content)
        return log_follow_up(account or acme, said, actor=actor or alice)

    return one
