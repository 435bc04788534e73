"""Who is meant: a user with the ids they are known by, a contact, or both, and the accounts they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from tenure.accounts.erased import PREFIX
from tenure.accounts.merging.members import survivor_of, with_merged
from tenure.accounts.models import Contact, ErasedId, Identity, User, UserLink
from tenure.lib.errors import TenureError
from tenure.lib.whole import whole
from tenure.warehouse.store import Store


class UnknownPerson(TenureError):
    """Nobody is known by this id, or several are."""


@dataclass(frozen=True)
class Person:
    """`users` are the user, first, and those merged into them, `identities` all ids of theirs, erased ones too."""

    users: list[User] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids they are known by, without those erased before."""
        erased = set(
            ErasedId.objects.filter(erased_as__in=[each.external_id for each in self.identities]).values_list(
                "erased_as", flat=True
            )
        )
        return [each.external_id for each in self.identities if each.external_id not in erased]

    def texts(self) -> Iterator[str]:
        """Whatever may stand for them in a text: ids, names, addresses, telephone numbers."""
        yield from (text for text in self.ids if not text.startswith(PREFIX))
        for user in self.users:
            yield from (user.name, user.email)
        for contact in self.contacts:
            yield from (contact.name, contact.email, contact.wechat, contact.external_id, *contact.phones)

    def values(self) -> Iterator[str]:
        """Every text that was said about them."""
        yield from self.texts()
        for traits in (user.traits for user in self.users):
            yield from (value for value in traits.values() if isinstance(value, str))

    def account_ids(self, store: Store | None) -> set[int]:
        """Accounts they belong to or did something in, with those merged with one of them."""
        keys = [user.pk for user in self.users]
        found = set(UserLink.objects.filter(user__in=keys).values_list("account_id", flat=True))
        found |= {contact.account_id for contact in self.contacts}
        if store is not None and keys:
            found |= set(store.accounts_of_users(keys))
        return with_merged({survivor_of(each) for each in found}) | found


def person_of_user(user: User) -> Person:
    """The user, or the one they were merged into."""
    living = user.merged_into_id or user.pk
    users = sorted(
        User.objects.filter(Q(pk=living) | Q(merged_into=living)), key=lambda each: (each.pk != living, each.pk)
    )
    return Person(users, list(Identity.objects.filter(user__in=users).order_by("pk")))


def person_of_contact(contact: Contact) -> Person:
    return Person(contacts=[contact])


def user_known_as(text: str) -> User:
    """The user with this id, as the sender writes it; raises UnknownPerson."""
    identity = Identity.objects.select_related("user").filter(external_id=text).first()
    if identity is None:
        raise UnknownPerson(_("No user is known as %(id)s.") % {"id": text})
    return identity.user


def contact_known_as(text: str) -> Contact:
    """The contact with this id, e-mail address or, as #12, number; raises UnknownPerson."""
    contacts = Contact.objects.exclude(name="")
    number = whole(text[1:]) if text.startswith("#") else None
    if number is not None:
        found = list(contacts.filter(pk=number))
    else:
        found = list(contacts.filter(Q(external_id=text) | Q(email__iexact=text))[:2])
    if not found:
        raise UnknownPerson(_("There is no contact %(id)s. Give an id, an e-mail address or #number.") % {"id": text})
    if len(found) > 1:
        numbers = ", ".join(f"#{each.pk}" for each in contacts.filter(Q(external_id=text) | Q(email__iexact=text)))
        raise UnknownPerson(_("Several contacts are known as %(id)s: %(all)s.") % {"id": text, "all": numbers})
    return found[0]
