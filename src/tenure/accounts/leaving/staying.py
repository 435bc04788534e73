"""Accounts that are there while something is written of them."""

from collections.abc import Iterable

from tenure.accounts.models import Account


def there(account_ids: Iterable[int]) -> frozenset[int]:
    """Those of the accounts that are there, and stay until the caller's transaction ends.

    The warehouse may still have some that are gone: who asks it and then writes rows of its answer asks here as well.
    """
    rows = Account.objects.select_for_update(no_key=True).filter(pk__any_of=list(account_ids))
    return frozenset(rows.order_by("pk").values_list("pk", flat=True))
