"""Claims on ids as rows, and the users that ids move between because of them. The rule itself is in owner.py."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from tenure.accounts.book import Book
from tenure.accounts.models import FileStatement, Identity, IdentityClaim, User, UserLink
from tenure.accounts.owner import Claim, owner
from tenure.lib.bulk import insert_rows, set_values
from tenure.lib.instants import to_datetime, to_us


class Move(NamedTuple):
    """An id that belongs to another user than before."""

    identity_id: int
    text: str
    home: int
    old_user: int
    new_user: int
    has_traits: bool


def record_claims(book: Book, claims: Mapping[tuple[str, str], int]) -> list[Move]:
    """Writes new and earlier claims and moves the ids they concern. Within the caller's transaction."""
    pairs: dict[tuple[int, int], int] = {}
    for (text, claimer), at_us in claims.items():
        pair = book.identities[text].identity_id, book.identities[claimer].identity_id
        earliest = book.claims.get(pair)
        if earliest is None or at_us < earliest:  # the others, nearly all, say nothing new
            pairs[pair] = at_us
    book.read_claims(pair[0] for pair in pairs.keys() - book.claims.keys())
    new = {pair: at_us for pair, at_us in pairs.items() if pair not in book.claims}
    earlier = {pair: at_us for pair, at_us in pairs.items() if at_us < book.claims.get(pair, at_us)}
    insert_rows(
        IdentityClaim,
        ("identity", "claimed_by", "at"),
        [(identity, claimed_by, to_datetime(at_us)) for (identity, claimed_by), at_us in new.items()],
    )
    for (identity, claimed_by), at_us in earlier.items():
        rows = IdentityClaim.objects.filter(identity_id=identity, claimed_by_id=claimed_by)
        rows.update(at=to_datetime(at_us))
    book.claims.update(new)
    book.claims.update(earlier)
    concerned = {identity_id for pair in (*new, *earlier) for identity_id in pair}
    return _move(book, concerned) if concerned else []


def _move(book: Book, identity_ids: Collection[int]) -> list[Move]:
    claims: dict[int, list[Claim]] = defaultdict(list)
    outgoing = IdentityClaim.objects.filter(identity_id__any_of=identity_ids)
    for identity_id, at, text, user_id in outgoing.values_list(
        "identity_id", "at", "claimed_by__external_id", "claimed_by__home_id"
    ):
        claims[identity_id].append(Claim(to_us(at), text, user_id))
    incoming = IdentityClaim.objects.filter(claimed_by_id__any_of=identity_ids)
    claimers = set(incoming.values_list("claimed_by_id", flat=True))
    stated = Exists(FileStatement.objects.filter(identity=OuterRef("pk")))
    rows = Identity.objects.filter(pk__any_of=identity_ids).annotate(stated=stated)
    moves = []
    for identity_id, text, home, user, traits, in_files in rows.values_list(
        "id", "external_id", "home_id", "user_id", "traits", "stated"
    ):
        new_user = owner(home, claims[identity_id], identity_id in claimers)
        if new_user != user:
            moves.append(Move(identity_id, text, home, user, new_user, bool(traits) or in_files))
    if moves:
        book.read_spans(user for move in moves for user in (move.old_user, move.new_user))
        _write(book, moves)
    return moves


def _write(book: Book, moves: Collection[Move]) -> None:
    set_values(Identity, ["user"], [(move.identity_id, move.new_user) for move in moves])
    new_users = {move.identity_id: move.new_user for move in moves}
    links = UserLink.objects.filter(identity_id__any_of=new_users).values_list("id", "identity_id")
    set_values(UserLink, ["user"], [(link, new_users[identity]) for link, identity in links])
    merged = [(move.home, None if move.new_user == move.home else move.new_user) for move in moves]
    set_values(User, ["merged_into"], merged)
    for move in moves:
        known = book.identities[move.text]
        book.identities[move.text] = known._replace(user_id=move.new_user)
