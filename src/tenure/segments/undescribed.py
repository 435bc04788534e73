"""Attributes that sources send and no profile card describes: their types, from what the accounts say now."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from tenure.accounts.models import Account
from tenure.core.conditions.fields import FieldType
from tenure.core.conditions.said import DATE

LOOKED_AT = 1_000  # the accounts known longest: what they say changes least, so a field keeps its type
NAMES = {"name"}  # is the account's own


def undescribed_types(accounts: QuerySet[Account], described: Collection[str]) -> dict[str, FieldType]:
    """{attribute: type} by name. A type is what all values are; where they differ, text."""
    values: dict[str, list[Any]] = {}
    for traits in accounts.order_by("pk").values_list("traits", flat=True)[:LOOKED_AT]:
        for name, value in traits.items():
            if name not in described and name not in NAMES and value is not None:
                values.setdefault(name, []).append(value)
    return {name: _type(found) for name, found in sorted(values.items())}


def _type(values: Iterable[Any]) -> FieldType:
    types = {_type_of(value) for value in values}
    return types.pop() if len(types) == 1 else FieldType.TEXT


def _type_of(value: Any) -> FieldType:
    if isinstance(value, bool):
        return FieldType.YES_NO
    if isinstance(value, int | float):
        return FieldType.NUMBER
    if isinstance(value, list):
        return FieldType.CHOICES
    return FieldType.DATE if isinstance(value, str) and DATE.fullmatch(value) else FieldType.TEXT
