"""Claims on ids as rows, and the users that ids move between because of them. The rule itself is in owner.py."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from tenure.accounts.book import Book, Known
from tenure.accounts.models import Identity, IdentityClaim, User, UserLink
from tenure.accounts.owner import Claim, owner
from tenure.lib.instants import to_datetime, to_us


class Move(NamedTuple):
    """An id that belongs to another user than before."""

    identity_id: int
    old_user: int
    new_user: int


def record_claims(book: Book, claims: Mapping[tuple[str, str], int]) -> list[Move]:
    """Writes new and earlier claims and moves the ids they concern. Within the caller's transaction."""
    pairs = {
        (book.identities[identity].identity_id, book.identities[claimed_by].identity_id): at_us
        for (identity, claimed_by), at_us in claims.items()
    }
    book.read_claims(pair[0] for pair in pairs.keys() - book.claims.keys())
    new = {pair: at_us for pair, at_us in pairs.items() if pair not in book.claims}
    earlier = {pair: at_us for pair, at_us in pairs.items() if at_us < book.claims.get(pair, at_us)}
    IdentityClaim.objects.bulk_create(
        [
            IdentityClaim(identity_id=identity, claimed_by_id=claimed_by, at=to_datetime(at_us))
            for (identity, claimed_by), at_us in new.items()
        ],
        batch_size=300,
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
    rows = IdentityClaim.objects.filter(identity_id__in=identity_ids)
    for identity_id, at, text, user_id in rows.values_list(
        "identity_id", "at", "claimed_by__external_id", "claimed_by__home_id"
    ):
        claims[identity_id].append(Claim(to_us(at), text, user_id))
    rows = IdentityClaim.objects.filter(claimed_by_id__in=identity_ids)
    claimers = set(rows.values_list("claimed_by_id", flat=True))
    moves, moved = [], []
    for identity in Identity.objects.filter(pk__in=identity_ids):
        new_user = owner(identity.home_id, claims[identity.pk], identity.pk in claimers)
        if new_user != identity.user_id:
            moves.append(Move(identity.pk, identity.user_id, new_user))
            identity.user_id = new_user
            moved.append(identity)
    if moved:
        book.read_spans(user for move in moves for user in (move.old_user, move.new_user))
        _write(book, moved)
    return moves


def _write(book: Book, moved: Collection[Identity]) -> None:
    Identity.objects.bulk_update(moved, ["user"], batch_size=300)
    links = list(UserLink.objects.filter(identity__in=moved).select_related("identity"))
    for link in links:
        link.user_id = link.identity.user_id
    UserLink.objects.bulk_update(links, ["user"], batch_size=300)
    homes = [
        User(pk=each.home_id, merged_into_id=None if each.user_id == each.home_id else each.user_id) for each in moved
    ]
    User.objects.bulk_update(homes, ["merged_into"], batch_size=300)
    for each in moved:
        book.identities[each.external_id] = Known(each.pk, each.user_id, each.anonymous)
