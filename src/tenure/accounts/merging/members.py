"""Which accounts were merged into which. What belongs to a merged account stays with it and is read under the survivor.

So nothing is moved when two accounts become one, and nothing has to be moved back when they are two again.
"""

from collections.abc import Collection, Mapping
from datetime import date

from tenure.accounts.models import Account
from tenure.remembered.remember import remembered


@remembered
def survivors() -> Mapping[int, int]:
    """merged account -> the account it lives on in, chains followed to their end."""
    into = dict(Account.objects.filter(merged_into__isnull=False).values_list("id", "merged_into_id"))
    found = {}
    for account_id in into:
        last = account_id
        while last in into:
            last = into[last]
        found[account_id] = last
    return found


def survivor_of(account_id: int) -> int:
    """The account an account lives on in: itself, unless it was merged."""
    return survivors().get(account_id, account_id)


def members_of(account_id: int) -> list[int]:
    """An account and all that were merged into it; of a merged one, nothing."""
    into = survivors()
    return [] if account_id in into else [account_id, *(each for each, last in into.items() if last == account_id)]


def with_merged(account_ids: Collection[int]) -> set[int]:
    """The accounts and all that were merged into them."""
    return {*account_ids, *(merged for merged, last in survivors().items() if last in account_ids)}


def first_day_of(account: Account) -> date | None:
    """The first day of an account or of any that were merged into it."""
    days = Account.objects.filter(pk__in=members_of(account.pk)).values_list("first_day", flat=True)
    return min((day for day in days if day), default=None)


def first_days_together(days: Mapping[int, date]) -> dict[int, date]:
    """First days by account, those of merged accounts counted for the survivor."""
    found = dict(days)
    for merged, last in survivors().items():
        if merged in found:
            day = found.pop(merged)
            found[last] = min(day, found.get(last, day))
    return found
