"""The customers before and after this one, in the order of the list the person came from."""

from dataclasses import dataclass

from tenure.ui.page import PageRequest
from tenure.warehouse.store import Store
from tenure.web.customers.book import ordered_ids
from tenure.web.customers.filters import read_filter


@dataclass(frozen=True)
class Neighbours:
    """`place` counts from 1; 0 when the customer is not in the list (it was reached from elsewhere)."""

    previous: int | None
    next: int | None
    place: int
    total: int


def neighbours(store: Store, request: PageRequest, account_id: int) -> Neighbours:
    ids = ordered_ids(store, read_filter(request).query)
    if account_id not in ids:
        return Neighbours(None, None, 0, len(ids))
    at = ids.index(account_id)
    return Neighbours(
        previous=ids[at - 1] if at else None,
        next=ids[at + 1] if at + 1 < len(ids) else None,
        place=at + 1,
        total=len(ids),
    )
