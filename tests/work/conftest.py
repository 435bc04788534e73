from datetime import UTC, datetime

import pytest

from tenure.accounts.models import Account
from tenure.lib import clock
from tenure.work.content import Content
from tenure.work.models import FollowUpType

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def acme(db):
    clock.set_clock(lambda: NOW)
    return Account.objects.create(external_id="acme", name="Acme")


@pytest.fixture
def call(acme):
    """Makes the content of a call of today."""

    def content(notes="Talked about the renewal", **fields):
        return Content(FollowUpType.objects.get(key="call"), fields.pop("at", NOW), notes, **fields)

    return content
