"""Ids of people who were erased: known again by their digests, and replaced wherever they come up."""

import hmac
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import blake2b, sha256

from django.conf import settings

from tenure.accounts.models import ErasedId, Identity
from tenure.lib import clock
from tenure.warehouse.store import Store

PREFIX = "erased:"


def digest(text: str) -> str:
    """32 hexadecimal digits by which the text is known again, by whoever has this installation's secret key."""
    return blake2b(text.encode(), key=_key(settings.SECRET_KEY), digest_size=16).hexdigest()


class ErasedIds:
    """The ids that were erased, by their digests, and names and addresses. Cheap to ask while there are none."""

    def __init__(self, erased_as: Mapping[str, str], values: Collection[str] = ()) -> None:
        self._erased_as = erased_as
        self._values = values

    @classmethod
    def read(cls) -> "ErasedIds":
        rows = list(ErasedId.objects.values_list("digest", "erased_as"))
        return cls({key: text for key, text in rows if text}, {key for key, text in rows if not text})

    def __len__(self) -> int:
        return len(self._erased_as)

    @property
    def has_texts(self) -> bool:
        """Whether names, addresses or other texts were erased, and not only ids."""
        return bool(self._values)

    def among(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of the ids that were erased -> what took their place."""
        if not self._erased_as:
            return {}
        found = {text: self._erased_as.get(digest(text)) for text in ids if text}
        return {text: erased_as for text, erased_as in found.items() if erased_as}

    def hides(self, text: str) -> bool:
        """Whether the text is an id, a name or an address of somebody erased, and nothing else."""
        key = digest(text)
        return key in self._erased_as or key in self._values

    def hides_of(self, account: str, text: str) -> bool:
        """Whether the text was erased from what is said of the account with this id."""
        return digest(said_of(account, text)) in self._values


def remember_erased(some: Iterable[str]) -> None:
    """Remembers texts by their digests, to know them again, within the caller's transaction."""
    digests = {digest(text) for text in some} - set(ErasedId.objects.values_list("digest", flat=True))
    ErasedId.objects.bulk_create([ErasedId(digest=each, erased_at=clock.now()) for each in sorted(digests)])


def said_of(account: str, text: str) -> str:
    """What stands for a text that is said of the account with this id, beside names and addresses."""
    return f"account {account}\n{text}"


def erased_identities() -> list[int]:
    """The ids of people who were erased, by their numbers, as the warehouse knows them."""
    erased = ErasedId.objects.exclude(erased_as="").values("erased_as")
    return list(Identity.objects.filter(external_id__in=erased).values_list("pk", flat=True))


def tell_erased(store: Store) -> int:
    """Empties what the warehouse holds about those who were erased, a rebuilt one too; returns how many events."""
    identities = erased_identities()
    return store.erase_properties(identities) if identities else 0


@cache
def _key(secret: str) -> bytes:
    """A key of its own for this purpose, made of the installation's."""
    return hmac.digest(secret.encode(), b"tenure erased ids", sha256)
