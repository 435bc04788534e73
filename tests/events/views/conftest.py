"""alice's browser on the settings pages of a house that took four kinds of events."""

import pytest
from django.test import Client

from tenure.events.models import EventType
from tenure.warehouse import current


@pytest.fixture
def catalogue(house):
    """The house, as the process's own, with a day of events."""
    sent = ["Report Viewed"] * 4 + ["Report Exported"] * 3 + ["Alert Opened"] * 2 + ["Signed In"]
    house.send(*({"event": name, "user": "ada", "account": "acme", "properties": {"plan": "pro"}} for name in sent))
    current.use(house.store)
    yield house
    current.use(None)


@pytest.fixture
def alices(client, alice) -> Client:
    """alice's browser."""
    client.force_login(alice)
    return client


def toasts(response) -> str:
    """What the page says happened."""
    return response.content.decode().partition('class="toasts"')[2]


def classes() -> dict[str, str]:
    return {event.name: EventType(event_class=event.event_class).get_event_class_display() for event in named()}


def features() -> dict[str, str]:
    return {event.name: event.feature.name for event in named() if event.feature}


def named() -> list[EventType]:
    return list(EventType.objects.select_related("feature").order_by("name"))
