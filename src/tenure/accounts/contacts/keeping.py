"""Many contacts at once, from a file or another system: those known already are brought up to date.

A contact is known again within its account by its external id, else by e-mail address, telephone number or, where it
has none of them, by its name. What is not given stays as it is. A removed contact stays removed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenure.accounts.contacts.details import FIELDS, Details, fold, mail_key, phone_key, search_text
from tenure.accounts.models import Contact
from tenure.accounts.search.keeping import names_changed
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.bulk import insert_rows, set_values
from tenure.people.models import Member

IMPORTED = verb("contact.imported", _("{by} imported contacts: {added} new, {changed} changed"), keeps=False)
TAKEN_BACK = verb(
    "contact.taken_back",
    _("{by} took back contacts of an import: {removed} removed, {changed} as before"),
    keeps=False,
)
_COLUMNS = ("account", *("user" if each == "user_id" else each for each in FIELDS), "search_text", "changed_at")

Key = tuple[int, str, str]  # account, what kind of key, the key


@dataclass
class Kept:
    """What became of the contacts given. `new_ids` were added; `replaced` are (id, as it was, as it is)."""

    added: int = 0
    changed: int = 0
    same: int = 0
    new_ids: Sequence[int] = ()
    replaced: Sequence[tuple[int, Details, Details]] = ()


@dataclass
class _Place:
    """A contact as it will be; `row` is its key when it is stored, `stored` what is there."""

    account_id: int
    details: Details
    row: int | None = None
    stored: Details | None = None


class _Known:
    """The contacts of some accounts, found by their keys; of several that share one, the oldest."""

    def __init__(self) -> None:
        self.places: list[_Place] = []
        self._by_key: dict[Key, list[int]] = {}

    def add(self, place: _Place) -> None:
        self.places.append(place)
        self._file(len(self.places) - 1)

    def seen(self, account_id: int, details: Details) -> Details | None:
        """The contact these details are of, as it is so far; None when there is none."""
        number = self._find(account_id, details)
        return None if number is None else self.places[number].details

    def take(self, account_id: int, details: Details) -> Details:
        """Brings the contact these details are of up to date, or adds it; returns it as it is then."""
        number = self._find(account_id, details)
        if number is None:
            self.add(_Place(account_id, details))
            return details
        place = self.places[number]
        for key in _keys(account_id, place.details):
            self._by_key[key].remove(number)
        place.details = _together(place.details, details)
        self._file(number)
        return place.details

    def _find(self, account_id: int, details: Details) -> int | None:
        for key in _keys(account_id, details):
            for number in sorted(self._by_key.get(key, ())):
                if _may_be_one(self.places[number].details, details):
                    return number
        return None

    def _file(self, number: int) -> None:
        place = self.places[number]
        for key in _keys(place.account_id, place.details):
            self._by_key.setdefault(key, []).append(number)


def compare_contacts(given: Sequence[tuple[int, Details]]) -> list[tuple[Details | None, Details]]:
    """What keep_contacts would do with each: (as it is known, None where it is not; as it would be). Writes nothing."""
    known, found = _read({account_id for account_id, _ in given}), []
    for account_id, details in given:
        before = known.seen(account_id, details)
        after = known.take(account_id, details)
        found.append((before, after))
    return found


def keep_contacts(
    given: Sequence[tuple[int, Details]], actor: Member | None, source: str, by: str = "", since: Any = None
) -> Kept:
    """Adds or updates contacts given as (account id, details), in one transaction and with one activity.

    `since` is when new ones were added; now when it is left out. Giving the same again changes nothing.
    """
    with transaction.atomic():
        known = _read({account_id for account_id, _ in given})
        kept = Kept()
        for account_id, details in given:
            known.take(account_id, details)
        new = [place for place in known.places if place.row is None]
        changed = [place for place in known.places if place.row is not None and place.details != place.stored]
        kept.new_ids = _write(new, changed, source, since or clock.now())
        kept.replaced = [(p.row, p.stored, p.details) for p in changed if p.row is not None and p.stored is not None]
        kept.added, kept.changed = len(new), len(changed)
        kept.same = len(given) - kept.added - kept.changed
        if new or changed:
            accounts = {place.account_id for place in (*new, *changed)}
            detail = {"added": kept.added, "changed": kept.changed, "source": source}
            record(IMPORTED, actor, by=by, accounts=accounts, detail=detail, at=since)
    return kept


def take_back_contacts(
    new_ids: Sequence[int], replaced: Sequence[tuple[int, Details, Details]], actor: Member | None
) -> tuple[int, int]:
    """Removes contacts that were added and sets back what was changed, but for what was changed again since.

    Returns how many of each, in one transaction and with one activity.
    """
    with transaction.atomic():
        now = clock.now()
        theirs = {each[0]: each for each in replaced}
        back = []
        accounts = set()
        for contact in Contact.objects.filter(pk__any_of=theirs, removed_at=None):
            _row, before, after = theirs[contact.pk]
            details = Details.of(contact)
            undone = {
                name: value
                for name, value in vars(before).items()
                if value != getattr(after, name) and getattr(details, name) == getattr(after, name)
            }
            if undone:
                place = _Place(contact.account_id, replace(details, **undone), contact.pk, details)
                accounts.add(contact.account_id)
                back.append(place)
        _write([], back, "", now)
        added = Contact.objects.filter(pk__any_of=new_ids, removed_at=None)
        accounts |= set(added.values_list("account_id", flat=True))
        gone = list(added.values_list("pk", flat=True))
        removed = added.update(removed_at=now, changed_at=now)
        names_changed(Contact, gone)
        if removed or back:
            record(TAKEN_BACK, actor, accounts=accounts, detail={"removed": removed, "changed": len(back)})
    return removed, len(back)


def _read(account_ids: set[int]) -> _Known:
    known = _Known()
    for contact in Contact.objects.filter(account_id__any_of=account_ids).order_by("pk").iterator():
        details = Details.of(contact)
        known.add(_Place(contact.account_id, details, contact.pk, details))
    return known


def _keys(account_id: int, details: Details) -> Iterator[Key]:
    if details.external_id:
        yield account_id, "id", details.external_id
    if details.email:
        yield account_id, "mail", mail_key(details.email)
    for phone in details.phones:
        yield account_id, "phone", phone_key(phone)
    if not (details.external_id or details.email or details.phones):
        yield account_id, "name", fold(details.name)


def _may_be_one(known: Details, given: Details) -> bool:
    """Two external ids are two people, whatever else they share."""
    return not (known.external_id and given.external_id and known.external_id != given.external_id)


def _together(known: Details, given: Details) -> Details:
    said: dict[str, Any] = {name: value for name, value in vars(given).items() if value not in ("", (), None, 0)}
    return replace(known, **said)


def _write(new: Sequence[_Place], changed: Sequence[_Place], source: str, since: Any) -> list[int]:
    now = clock.now()
    added = [(*_values(place, now), source[:100], since) for place in new]
    set_values(Contact, _COLUMNS, [(place.row, *_values(place, now)) for place in changed])
    names_changed(Contact, [place.row for place in changed if place.row is not None])
    keys = insert_rows(Contact, (*_COLUMNS, "source", "created_at"), added)
    names_changed(Contact, keys, new=True)
    return keys


def _values(place: _Place, now: Any) -> tuple[Any, ...]:
    details = place.details
    values = (list(details.phones) if name == "phones" else getattr(details, name) for name in FIELDS)
    return place.account_id, *values, search_text(details), now
