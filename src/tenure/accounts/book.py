"""The book of names: which account, id and user is meant by the text a sender uses.

Read from the database when first needed and kept in memory; only the loader, which is the one writer, has one.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, TypeVar

from tenure.accounts.models import Account, Identity, IdentityClaim, User, UserLink
from tenure.accounts.search.keeping import names_changed
from tenure.accounts.spans import Link, Spans, spans
from tenure.lib.bulk import insert_rows
from tenure.lib.instants import to_us

_CHUNK = 5_000
_MOST = 200_000  # entries kept before a part of the book is begun anew, to bound memory
HOUR_US = 3_600_000_000
T = TypeVar("T")


class Known(NamedTuple):
    """An id: its row, and the user it belongs to."""

    identity_id: int
    user_id: int
    anonymous: bool = False
    only_in_files: bool = False


class Book:
    """`claims` holds (identity, claimed by) -> microseconds; `links` (identity, account, hour, from a
    file) -> microseconds. `only_in_files` are those of the accounts that nothing but rows of files names so far.

    The empty text is nobody: number 0.
    """

    def __init__(self) -> None:
        self.accounts: dict[str, int] = {"": 0}
        self.only_in_files: set[str] = set()
        self.identities: dict[str, Known] = {"": Known(0, 0)}
        self.spans: dict[int, Spans] = {}
        self.claims: dict[tuple[int, int], int] = {}
        self.links: dict[tuple[int, int, int, bool], int] = {}

    def trim(self) -> None:
        """Forgets what grew too large; call it between batches."""
        if len(self.accounts) > _MOST:
            self.only_in_files.clear()
        parts: tuple[dict[object, object], ...] = (self.accounts, self.identities, self.spans, self.claims, self.links)  # type: ignore[assignment]
        for part in parts:
            if len(part) > _MOST:
                part.clear()
        self.accounts[""], self.identities[""] = 0, Known(0, 0)

    def read(self, accounts: Collection[str], identities: Collection[str]) -> None:
        """Looks up the texts the book does not hold yet."""
        for some in _chunks(set(accounts) - self.accounts.keys()):
            rows = Account.objects.filter(external_id__any_of=some)
            for text, account_id, only_in_files in rows.values_list("external_id", "id", "only_in_files"):
                self.accounts[text] = account_id
                if only_in_files:
                    self.only_in_files.add(text)
        for some in _chunks(set(identities) - self.identities.keys()):
            found = Identity.objects.filter(external_id__any_of=some).values_list(
                "external_id", "id", "user_id", "anonymous", "only_in_files"
            )
            for external_id, identity_id, user_id, anonymous, only_in_files in found:
                self.identities[external_id] = Known(identity_id, user_id, anonymous, only_in_files)

    def add_accounts(self, texts: Collection[str], named: Collection[str]) -> list[int]:
        """Creates those of the accounts that the book, read before, does not hold; returns their ids.

        `named` are those named by more than rows of files.
        """
        new = sorted(set(texts) - self.accounts.keys())
        keys = insert_rows(Account, ("external_id", "only_in_files"), [(text, text not in named) for text in new])
        self.accounts.update(zip(new, keys, strict=True))
        names_changed(Account, keys, new=True)
        if found := self.only_in_files.intersection(named):
            Account.objects.filter(external_id__any_of=found).update(only_in_files=False)
            self.only_in_files -= found
        self.only_in_files.update(text for text in new if text not in named)
        return keys

    def forget_accounts(self, texts: Iterable[str]) -> None:
        """These accounts are gone; named again, they are others."""
        for text in texts:
            self.accounts.pop(text, None)
            self.only_in_files.discard(text)

    def add_identities(self, texts: Collection[str], named: Collection[str], known: Collection[str]) -> set[int]:
        """Creates those of the ids that the book does not hold, each as a user of its own; returns the users' ids.

        `named` are the ids named by more than rows of files. Of them those that name a user are `known`; the
        others are anonymous.
        """
        new = sorted(set(texts) - self.identities.keys())
        users = insert_rows(User, (), [()] * len(new))
        rows = [
            (text, user, user, text in named and text not in known, text not in named)
            for text, user in zip(new, users, strict=True)
        ]
        identities = insert_rows(Identity, ("external_id", "home", "user", "anonymous", "only_in_files"), rows)
        for identity_id, (text, user_id, _home, anonymous, only_in_files) in zip(identities, rows, strict=True):
            self.identities[text] = Known(identity_id, user_id, anonymous, only_in_files)
        found = [text for text in named if self.identities[text].only_in_files]
        self._mark([text for text in found if text not in known], anonymous=True, only_in_files=False)
        found += [text for text in known if self.identities[text].anonymous]
        self._mark([text for text in found if text in known], anonymous=False, only_in_files=False)
        return set(users)

    def _mark(self, texts: Collection[str], **values: bool) -> None:
        if texts:
            Identity.objects.filter(external_id__any_of=texts).update(**values)
            self.identities.update({text: self.identities[text]._replace(**values) for text in texts})

    def read_spans(self, user_ids: Iterable[int]) -> None:
        """Looks up where these users belong, where the book does not hold it yet."""
        for some in _chunks(set(user_ids) - self.spans.keys()):
            links: dict[int, list[Link]] = {user_id: [] for user_id in some}
            rows = UserLink.objects.filter(user_id__any_of=some)
            for user_id, since, external_id, account_id in rows.values_list(
                "user_id", "since", "account__external_id", "account_id"
            ):
                links[user_id].append(Link(to_us(since), external_id, account_id))
            self.spans.update((user_id, spans(each)) for user_id, each in links.items())

    def read_claims(self, identity_ids: Iterable[int]) -> None:
        for some in _chunks(set(identity_ids)):
            rows = IdentityClaim.objects.filter(identity_id__any_of=some).values_list(
                "identity_id", "claimed_by_id", "at"
            )
            for identity_id, claimed_by_id, at in rows:
                self.claims[identity_id, claimed_by_id] = to_us(at)

    def read_links(self, identity_ids: Iterable[int]) -> None:
        for some in _chunks(set(identity_ids)):
            rows = UserLink.objects.filter(identity_id__any_of=some).values_list(
                "identity_id", "account_id", "since", "from_file"
            )
            for identity_id, account_id, since, from_file in rows:
                since_us = to_us(since)
                self.links[identity_id, account_id, since_us // HOUR_US, from_file] = since_us


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = list(values)
    for start in range(0, len(rest), _CHUNK):
        yield rest[start : start + _CHUNK]
