"""Customers as programs read them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ninja import Schema

from tenure.accounts.access import visible_account_ids
from tenure.accounts.as_of import facts_at
from tenure.accounts.merging.members import survivors
from tenure.accounts.models import Account, Fact
from tenure.lib import clock
from tenure.people.models import Member


class AccountShown(Schema):
    """A customer. `fields` holds what is known of it by key; `first_day` is its first event or fact."""

    id: int
    external_id: str
    name: str
    fields: dict[str, Any]
    parent_id: int | None
    first_day: date | None
    created_at: datetime


class FactShown(Schema):
    """What was learnt: true from `valid_from`, known since `recorded_at`. A `withdrawal` only takes away `corrects`."""

    id: int
    field: str
    value: Any
    valid_from: datetime
    recorded_at: datetime
    source: str
    member_id: int | None
    corrects: int | None
    withdrawal: bool


def show_accounts(accounts: Iterable[Account], member: Member) -> list[AccountShown]:
    """The accounts as they are now; an account above that is out of sight is not named."""
    visible, into = visible_account_ids(member), survivors()
    return [_show(each, each.traits, visible, into) for each in accounts]


def show_account(
    account: Account, member: Member, at: datetime | None = None, known_at: datetime | None = None
) -> AccountShown:
    """The account as it is now, or as its facts were at a moment; `known_at`: as far as they were known then."""
    traits = account.traits
    if at is not None or known_at is not None:
        traits = {key: fact.value for key, fact in facts_at(account.pk, at or clock.now(), known_at).items()}
    return _show(account, traits, visible_account_ids(member), survivors())


def show_fact(fact: Fact) -> FactShown:
    return FactShown(
        id=fact.pk,
        field=fact.field,
        value=fact.value,
        valid_from=fact.valid_from,
        recorded_at=fact.recorded_at,
        source=fact.source,
        member_id=fact.actor_id,
        corrects=fact.corrects_id,
        withdrawal=fact.withdrawal,
    )


def _show(
    account: Account, traits: dict[str, Any], visible: frozenset[int] | None, into: Mapping[int, int]
) -> AccountShown:
    parent = None if account.parent_id is None else into.get(account.parent_id, account.parent_id)
    return AccountShown(
        id=account.pk,
        external_id=account.external_id,
        name=account.name,
        fields={key: value for key, value in traits.items() if key != "name"},
        parent_id=parent if visible is None or parent in visible else None,
        first_day=account.first_day,
        created_at=account.created_at,
    )
