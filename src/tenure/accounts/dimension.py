"""Accounts as the warehouse lists them: names to sort and search by, and the first day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from tenure.accounts.merging.members import survivors
from tenure.accounts.models import Account
from tenure.warehouse import current
from tenure.warehouse.store import Store, WarehouseError

#: (account id, name, external id, first day), as Store.set_accounts takes it.
AccountRow = tuple[int, str, str, date | None]


def account_rows(account_ids: Iterable[int] | None = None) -> list[AccountRow]:
    """The dimension rows of these accounts, or of all. A survivor is also found by what was merged into it."""
    into = survivors()
    rows = Account.objects.all()
    if account_ids is not None:
        rows = rows.filter(pk__in=_concerned(set(account_ids), into))
    found = list(rows.values_list("id", "name", "external_id", "first_day"))
    return _together(found, into) if into else found


def tell_warehouse(account_ids: set[int]) -> None:
    """Lists the accounts in the warehouse as they are now; one that is being rebuilt lists all when it is done."""
    if account_ids:
        try:
            current.store().set_accounts(account_rows(account_ids))
        except WarehouseError:
            return


def drop_gone(store: Store) -> int:
    """Takes out of a warehouse the accounts that are no more: a crash or a backup kept them. Returns how many."""
    listed = store.listed_accounts()  # first: whoever is in there is in the database already, or was
    gone = listed - set(Account.objects.values_list("pk", flat=True))
    if gone:
        store.drop_accounts(gone)
    return len(gone)


def _concerned(account_ids: set[int], into: Mapping[int, int]) -> set[int]:
    account_ids |= {into[each] for each in account_ids if each in into}
    return account_ids | {merged for merged, survivor in into.items() if survivor in account_ids}


def _together(rows: Collection[AccountRow], into: Mapping[int, int]) -> list[AccountRow]:
    texts: dict[int, list[str]] = {}
    days: dict[int, list[date]] = {}
    for key, name, external_id, day in rows:
        if survivor := into.get(key):
            texts.setdefault(survivor, []).extend(filter(None, (name, external_id)))
            days.setdefault(survivor, []).extend([day] if day else [])
    return [
        (
            key,
            name,
            # What is searched may have lines; what is typed has none, so nothing is found across two of them.
            "\n".join([external_id, *texts.get(key, ())]),
            min([*([day] if day else []), *days.get(key, ())], default=None),
        )
        for key, name, external_id, day in rows
    ]
