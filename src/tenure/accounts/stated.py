"""What rows of imported files say of ids, kept row by row, and which ids they name: so that it can be taken back."""

from collections.abc import Collection
from typing import Any, NamedTuple

from tenure.accounts.book import Book
from tenure.accounts.models import FileMention, FileStatement
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
