"""Three accounts, the roles of a fresh installation, and a team: ann and bo are CSMs, lee leads."""

from datetime import UTC, datetime

import pytest

from tenure.accounts.models import Account, AssignmentRole
from tenure.lib import clock
from tenure.people.models import Member, Role

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def june(db) -> None:
    clock.set_clock(lambda: NOW)


@pytest.fixture
def accounts() -> list[Account]:
    mrr = (1000, 250, None)
    return [
        Account.objects.create(external_id=f"a{n}", name=f"Account {n}", traits={} if each is None else {"mrr": each})
        for n, each in enumerate(mrr, 1)
    ]


@pytest.fixture
def csm() -> AssignmentRole:
    return AssignmentRole.objects.get(key="csm")


@pytest.fixture
def support() -> AssignmentRole:
    return AssignmentRole.objects.get(key="support")


def member(name: str, role: Role) -> Member:
    return Member.objects.create_user(f"{name}@tenure.example", name=name.title(), role=role)


@pytest.fixture
def ann(db) -> Member:
    return member("ann", Role.CSM)


@pytest.fixture
def bo(db) -> Member:
    return member("bo", Role.CSM)


@pytest.fixture
def lee(db) -> Member:
    return member("lee", Role.LEADER)
