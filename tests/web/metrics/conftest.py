"""A house that took events of three accounts, one day of them closed, and alice's browser on the settings pages."""

from datetime import date

import pytest
from django.conf import settings

from tenure.events.models import EventType
from tenure.health.close_day import close_day
from tenure.warehouse import current
from tests.events.conftest import house

__all__ = ["house"]

DAY = date(2026, 3, 2)
EXPORTS = {"acme": 9, "globex": 4, "initech": 0}  # rows 1 to n, one each


@pytest.fixture
def measured(house):
    """Every account viewed a report on the day; some exported, with the rows as a property."""
    items = [_item("Report Viewed", account, n) for account in EXPORTS for n in range(2)]
    items += [_item("Report Exported", account, n + 1) for account, most in EXPORTS.items() for n in range(most)]
    house.send(*items)
    current.use(house.store)
    close_day(DAY, store=house.store, zone=settings.CONFIG.zone)
    yield house
    current.use(None)


@pytest.fixture
def alices(client, alice, measured):
    """alice's browser."""
    client.force_login(alice)
    return client


def _item(event: str, account: str, n: int) -> dict[str, object]:
    return {
        "event": event,
        "user": f"{account}-{n % 3}",
        "account": account,
        "time": f"{DAY}T10:00:00Z",
        "id": f"{event}-{account}-{n}",
        "properties": {"rows": n, "plan": "pro" if n % 2 else "free"},
    }


def event_key(name: str) -> int:
    return EventType.objects.get(name=name).pk


def form(**changes):
    """What the browser sends to define "Exports": all exports within 7 days."""
    typed = {
        "name": "Exports",
        "other_name": "",
        "kind": "count",
        "which": "chosen",
        "event": [event_key("Report Exported")],
        "window_days": "7",
        "is_key": "on",
    }
    return {key: value for key, value in {**typed, **changes}.items() if value is not None}
