"""What a batch of messages teaches about people and accounts: new ids, whose they are, where they belong, attributes.

Everything here gives the same end, in whatever order, however often and in whatever portions the messages come.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tenure.accounts.assignments.new_accounts import ask_for_assignment
from tenure.accounts.book import HOUR_US, Book
from tenure.accounts.claims import record_claims
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.links import record_links
from tenure.accounts.models import GoneUser, Identity, UserLink
from tenure.accounts.spans import NOWHERE, Spans
from tenure.accounts.stated import Stated, record_account_mentions, record_mentions, record_statements
from tenure.accounts.user_traits import Timed, latest, project_traits, record_traits
from tenure.lib.instants import to_datetime
from tenure.warehouse.store import Reassign, Relink

#: (account, time, traits): what is said of an account, from when on.
Statement = tuple[str, int, dict[str, Any]]


@dataclass
class Observed:
    """What was seen in a batch, by the senders' texts; times in microseconds since 1970 UTC.

    accounts          those named or spoken of
    named_accounts    those of them that more than rows of files name
    account_mentions  (account, file): accounts that rows of files name
    named     ids that more than rows of files name
    known     those of them that name a user, the others being anonymous
    claims    (id, id that claims it) -> earliest time
    links     (id, account, hour, from a file) -> earliest time in that hour
    user_traits     id -> field -> (time, value)
    stated          what rows of files say of ids
    mentioned       (id, file): ids that other rows of files name
    account_traits  source -> statements
    """

    accounts: set[str] = field(default_factory=set)
    named_accounts: set[str] = field(default_factory=set)
    account_mentions: set[tuple[str, str]] = field(default_factory=set)
    identities: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    claims: dict[tuple[str, str], int] = field(default_factory=dict)
    links: dict[tuple[str, str, int, bool], int] = field(default_factory=dict)
    user_traits: dict[str, Timed] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    mentioned: set[tuple[str, str]] = field(default_factory=set)
    account_traits: dict[str, list[Statement]] = field(default_factory=lambda: defaultdict(list))

    def name_account(self, account: str, file: str) -> None:
        """A row of a file names the account; with an empty `file` anything else does."""
        self.accounts.add(account)
        if file:
            self.account_mentions.add((account, file))
        else:
            self.named_accounts.add(account)

    def claim(self, identity: str, claimed_by: str, time_us: int) -> None:
        pair = (identity, claimed_by)
        self.claims[pair] = min(time_us, self.claims.get(pair, time_us))

    def link(self, identity: str, account: str, time_us: int, *, from_file: bool = False) -> None:
        place = (identity, account, time_us // HOUR_US, from_file)
        self.links[place] = min(time_us, self.links.get(place, time_us))

    def say(self, identity: str, time_us: int, traits: dict[str, Any]) -> None:
        said = {name: (time_us, value) for name, value in traits.items()}
        self.user_traits[identity] = latest(self.user_traits.get(identity, {}), said)

    def state(self, stated: Stated) -> None:
        self.stated.append(stated)
        if stated.account:
            self.link(stated.identity, stated.account, stated.time_us, from_file=True)


@dataclass
class Learnt:
    """What the warehouse must be told with the batch: repairs of stored events, links, and accounts that changed."""

    reassigns: list[Reassign] = field(default_factory=list)
    relinks: list[Relink] = field(default_factory=list)
    links: list[tuple[int, int, Any]] = field(default_factory=list)
    accounts: set[int] = field(default_factory=set)


def learn(book: Book, observed: Observed, body: int, zone: ZoneInfo, now: datetime) -> Learnt:
    """Writes what is new in one short transaction, marked with `body` (an inbox id), and brings the book up to date."""
    book.trim()
    book.read(observed.accounts, observed.identities)
    with transaction.atomic():
        learnt = Learnt(accounts=set(book.add_accounts(observed.accounts, observed.named_accounts)))
        if learnt.accounts:
            ask_for_assignment()
        new_users = book.add_identities(observed.identities, observed.named, observed.known)
        moves = record_claims(book, observed.claims)
        touched = record_links(book, observed.links, moves)
        movers = {user for move in moves for user in (move.old_user, move.new_user)}
        said_of = {book.identities[text].identity_id: said for text, said in observed.user_traits.items()}
        described = {user for move in moves if move.has_traits for user in (move.old_user, move.new_user)}
        record_mentions(book, observed.mentioned)
        record_account_mentions(book, observed.account_mentions)
        project_traits(record_traits(said_of) | record_statements(book, observed.stated) | described)
        for source, statements in observed.account_traits.items():
            said = [Said(book.accounts[account], time_us, traits) for account, time_us, traits in statements]
            learnt.accounts |= {account.pk for account in record_facts(said, source, now)}
        moved = [move for move in moves if move.old_user not in new_users]
        relinked = {user for user in touched if user not in new_users or user in movers}
        changed = relinked | {user for move in moved for user in (move.old_user, move.new_user)}
        mark_changed(changed, [move.identity_id for move in moved], body)
    learnt.reassigns = [Reassign(move.identity_id, move.new_user) for move in moved]
    learnt.relinks = relinks(book, relinked)
    learnt.links = [*_links_seen(book, observed, zone), *links_of(changed, zone)]
    return learnt


def unfinished(book: Book, position: int, zone: ZoneInfo) -> Learnt:
    """The repairs of bodies after `position`: their transaction here may have been written without the warehouse's."""
    rows = list(Identity.objects.filter(changed_body__gt=position).values_list("id", "user_id"))
    gone = GoneUser.objects.filter(body__gt=position).values_list("user_id", flat=True)
    users = {*(user_id for _, user_id in rows), *gone}
    book.read_spans(users)
    reassigns = [Reassign(identity_id, user_id) for identity_id, user_id in rows]
    return Learnt(reassigns, relinks(book, users), links_of(users, zone))


def relinks(book: Book, user_ids: Iterable[int]) -> list[Relink]:
    """All spans of these users, over all time."""
    found = []
    for user_id in sorted(user_ids):
        for since_us, until_us, account_id in _pieces(book.spans.get(user_id, NOWHERE)):
            since = None if since_us is None else to_datetime(since_us)
            until = None if until_us is None else to_datetime(until_us)
            found.append(Relink(user_id, account_id, since, until))
    return found


def links_of(user_ids: Iterable[int], zone: ZoneInfo) -> list[tuple[int, int, Any]]:
    """(account, user, first day) of all links of these users."""
    rows = UserLink.objects.filter(user_id__any_of=list(user_ids)).values_list("account_id", "user_id", "since")
    return [(account_id, user_id, since.astimezone(zone).date()) for account_id, user_id, since in rows]


def _pieces(known: Spans) -> Iterable[tuple[int | None, int | None, int]]:
    if not known.accounts:
        yield None, None, 0
        return
    starts: list[int | None] = [None, *known.starts[1:]]
    yield from zip(starts, [*known.starts[1:], None], known.accounts, strict=True)


def _links_seen(book: Book, observed: Observed, zone: ZoneInfo) -> list[tuple[int, int, Any]]:
    """The batch's own links again, known ones too: after a crash the first time may not have reached the warehouse."""
    return [
        (book.accounts[account], book.identities[identity].user_id, to_datetime(since_us).astimezone(zone).date())
        for (identity, account, *_), since_us in observed.links.items()
    ]


def mark_changed(users: Collection[int], identities: Collection[int], body: int) -> None:
    """Notes which body had events of these users and ids repaired; see Identity."""
    if users or identities:
        Identity.objects.filter(home_id__any_of=users).update(changed_body=body)
        Identity.objects.filter(id__any_of=identities).update(changed_body=body)
