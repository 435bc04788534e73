"""Links of ids to accounts as rows, and the users whose account at some time changes because of them."""

from collections.abc import Collection, Mapping

from tenure.accounts.book import Book
from tenure.accounts.claims import Move
from tenure.accounts.models import UserLink
from tenure.lib.bulk import insert_rows
from tenure.lib.instants import to_datetime


def record_links(book: Book, links: Mapping[tuple[str, str, int, bool], int], moves: Collection[Move]) -> set[int]:
    """Writes new and earlier links; returns the users whose events may belong elsewhere. In the caller's transaction.

    Of the links of an id to an account within one hour the earliest is kept, so that a call on every page view costs
    at most 24 rows a day, and the result is still the same in any order. Those that files say are kept beside.
    """
    places = {
        (book.identities[identity].identity_id, book.accounts[account], hour, from_file): since_us
        for (identity, account, hour, from_file), since_us in links.items()
    }
    users = {known.identity_id: known.user_id for known in map(book.identities.__getitem__, {key[0] for key in links})}
    book.read_links(place[0] for place in places.keys() - book.links.keys())
    new = {place: since_us for place, since_us in places.items() if place not in book.links}
    earlier = {place: since_us for place, since_us in places.items() if since_us < book.links.get(place, since_us)}
    affected = {users[place[0]] for place in (*new, *earlier)}
    affected |= {user for move in moves for user in (move.old_user, move.new_user)}
    if not affected:
        return set()
    book.read_spans(affected)
    before = {user_id: book.spans[user_id] for user_id in affected}
    insert_rows(
        UserLink,
        ("identity", "user", "account", "since", "from_file"),
        [
            (identity, users[identity], account, to_datetime(since_us), from_file)
            for (identity, account, _, from_file), since_us in new.items()
        ],
    )
    for (identity, account, hour, from_file), since_us in earlier.items():
        kept = to_datetime(book.links[identity, account, hour, from_file])
        rows = UserLink.objects.filter(identity_id=identity, account_id=account, since=kept, from_file=from_file)
        rows.update(since=to_datetime(since_us))
    book.links.update(new)
    book.links.update(earlier)
    for user_id in affected:
        del book.spans[user_id]
    book.read_spans(affected)
    touched = {user_id for user_id in affected if book.spans[user_id] != before[user_id]}
    return touched | {move.new_user for move in moves if before[move.old_user] != book.spans[move.new_user]}
