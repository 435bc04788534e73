"""What rows of imported files say of ids, kept row by row, and which ids and accounts they name: so that it can be
taken back.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from tenure.accounts.book import Book
from tenure.accounts.models import Account, AccountMention, FileMention, FileStatement
from tenure.lib.bulk import insert_rows
from tenure.lib.instants import to_datetime


class Stated(NamedTuple):
    """From `time_us` (since 1970 UTC) on the id belongs to the account, "" being none, and `traits` are true of it.

    `message` is the key of the message that says so, in hexadecimal digits.
    """

    message: str
    identity: str
    account: str
    time_us: int
    traits: dict[str, Any]


def record_statements(book: Book, stated: Collection[Stated]) -> set[int]:
    """Keeps each once, within the caller's transaction; returns the users of whom something is said.

    The book holds their ids and accounts.
    """
    rows = [
        (
            each.message,
            book.identities[each.identity].identity_id,
            book.accounts[each.account] or None,
            to_datetime(each.time_us),
            each.traits,
        )
        for each in stated
    ]
    insert_rows(FileStatement, ("message", "identity", "account", "at", "traits"), rows, pass_over_known=True)
    return {book.identities[each.identity].user_id for each in stated if each.traits}


def record_mentions(book: Book, mentioned: Collection[tuple[str, str]]) -> None:
    """Keeps which ids, as (id, file), are named by files, within the caller's transaction."""
    rows = [(file, book.identities[identity].identity_id) for identity, file in sorted(mentioned)]
    insert_rows(FileMention, ("file", "identity"), rows, pass_over_known=True)


def record_account_mentions(book: Book, mentioned: Collection[tuple[str, str]]) -> None:
    """Keeps which accounts, as (account, file), files name that nothing else does, within the caller's transaction."""
    only = [(account, file) for account, file in sorted(mentioned) if account in book.only_in_files]
    _mention([(file, book.accounts[account]) for account, file in only])


def mention_accounts(file: str, accounts: Collection[str]) -> None:
    """As record_account_mentions, for accounts that were written from a file without the loader, by their texts."""
    rows = Account.objects.filter(external_id__any_of=accounts, only_in_files=True)
    _mention([(file, key) for key in rows.order_by("pk").values_list("pk", flat=True)])


def _mention(rows: Collection[tuple[str, int]]) -> None:
    insert_rows(AccountMention, ("file", "account"), rows, pass_over_known=True)
