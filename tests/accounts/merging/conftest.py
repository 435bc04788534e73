"""Two accounts that send events, with a user each and one of both."""

from datetime import date

import pytest

from tenure.accounts.models import Account

DAY = date(2026, 3, 2)


def use(account: str, user: str, number: int, event: str = "Search", day: date = DAY) -> dict[str, str]:
    return {
        "event": event,
        "user": user,
        "account": account,
        "time": f"{day}T10:00:00Z",
        "id": f"{account}-{user}-{number}-{day}",
    }


def group(account: str, time: str = f"{DAY}T08:00:00Z", **traits: object) -> dict[str, object]:
    return {"type": "group", "account": account, "time": time, "traits": traits}


@pytest.fixture
def two(house):
    """acme and bolt: both used by bea, who is one user."""
    house.send(
        group("acme", name="Acme", plan="pro", seats=10),
        group("bolt", name="Bolt", plan="free", city="Rome"),
        use("acme", "ada", 1),
        use("acme", "bea", 1),
        use("bolt", "bea", 1),
        use("bolt", "ben", 1),
    )
    house.store.refresh_days(house.store.dirty_days())
    return house


@pytest.fixture
def acme(two) -> Account:
    return Account.objects.get(external_id="acme")


@pytest.fixture
def bolt(two) -> Account:
    return Account.objects.get(external_id="bolt")
