"""What a request names, among what is in the member's sight: nobody can tell whether something is elsewhere."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, QuerySet

from tenure.api.errors import not_found

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row]) -> Row:
    """The first of the rows. Raises Refusal when there is none."""
    row = rows.first()
    if row is None:
        raise not_found()
    return row


def all_of(rows: QuerySet[Row], keys: Collection[int]) -> list[Row]:
    """Those with these keys. Raises Refusal unless each of them is there."""
    wanted = set(keys)
    found = list(rows.filter(pk__any_of=wanted))
    if len(found) < len(wanted):
        raise not_found()
    return found
