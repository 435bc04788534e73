"""Every table that names accounts, declared by its room: whether its rows keep an account that files brought.

A table that nobody declares keeps it: nothing goes with an account but what is declared to have come by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q

from tenure.accounts.models import Account


class Why(StrEnum):
    """What keeps an account there when a file that named it is taken back."""

    EVENTS = "events"  # an event or a call of a product
    FILES = "files"  # another file
    MEMBERS = "members"  # what people did
    RECORDS = "records"  # contacts, tickets, numbers


@dataclass(frozen=True)
class Trace:
    """Rows of `model` name accounts in `field`, and keep them, but for those `aside`, which are told when asked.

    Those go with the account. `goes` False: they are told of by mentions of files, and it waits until they are gone.
    """

    model: type[Model]
    field: str
    why: Why
    aside: Callable[[], Q] | None = None
    goes: bool = True


_declared: dict[tuple[type[Model], str], Trace] = {}


def declare(
    model: type[Model], why: Why, *, field: str = "account", aside: Callable[[], Q] | None = None, goes: bool = True
) -> None:
    """Says what rows of a table mean for the accounts that they name; each room does so for its own, once."""
    _declared[model, field] = Trace(model, field, why, aside, goes)


def everything() -> Q:
    """All rows of a table are aside."""
    return Q(pk__isnull=False)


def relations(model: type[Model] = Account) -> list[tuple[type[Model], str]]:
    """Every table that names rows of a model, with the field it does so by."""
    found = model._meta.get_fields(include_hidden=True)
    reverse: list[Any] = [each for each in found if each.auto_created and not each.concrete]
    return [(each.related_model, each.field.name) for each in reverse]


def traces() -> Iterator[Trace]:
    """All of them, those nobody declared too."""
    for model, field in relations():
        yield _declared.get((model, field)) or Trace(model, field, Why.MEMBERS)


def undeclared() -> list[tuple[type[Model], str]]:
    """The tables of which nobody said what they mean."""
    return [each for each in relations() if each not in _declared]
