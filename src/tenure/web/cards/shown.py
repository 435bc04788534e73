"""Cards with their values, as a page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tenure.accounts.as_of import facts_at
from tenure.accounts.fields.editing import BY_HAND
from tenure.accounts.fields.reading import cards_in_use, fields_by_key, may_edit, member_names
from tenure.accounts.fields.words import plain, show, source_name
from tenure.accounts.models import Account, Card, Fact, Field, FieldType
from tenure.people.models import Member
from tenure.web.cards.moments import Looking

HIDDEN = {"name"}  # stands above the page


@dataclass(frozen=True)
class ShownField:
    """`field` None: an attribute that nobody has described. `link` is an address the value leads to, `day` a date."""

    key: str
    field: Field | None
    text: str
    empty: bool
    editable: bool
    source: str  # of a locked field: the system it comes from
    since: datetime | None
    link: str = ""
    day: date | None = None

    @property
    def name(self) -> str:
        return str(self.field) if self.field else self.key


@dataclass(frozen=True)
class ShownCard:
    """`card` None: the attributes that no card has."""

    card: Card | None
    fields: Sequence[ShownField]


def cards_of(account: Account, member: Member, seen: Looking) -> list[ShownCard]:
    """The cards in use, then what else is known of the account."""
    facts = facts_at(account.pk, seen.as_of, seen.known_at)
    cards = cards_in_use()
    fields = [field for each in cards for field in each.fields]
    names = member_names(fields, [fact.value for fact in facts.values()])
    shown = [
        ShownCard(each.card, [_field(field, facts.get(field.key), member, names, seen) for field in each.fields])
        for each in cards
        if each.fields
    ]
    known = {field.key for field in fields} | HIDDEN
    rest = [_other(key, fact) for key, fact in facts.items() if key not in known]
    return [*shown, ShownCard(None, rest)] if rest else shown


def field_of(account: Account, field: Field, member: Member, seen: Looking) -> ShownField:
    """One field of the account."""
    fact = facts_at(account.pk, seen.as_of, seen.known_at).get(field.key)
    return _field(field, fact, member, member_names([field], [fact.value] if fact else []), seen)


def fields_of(account: Account, keys: Sequence[str], member: Member, seen: Looking) -> list[ShownField]:
    """The fields of these keys that are in use, in the order of the keys."""
    return shown_of(known_of(account, keys, seen), keys, member, seen)


@dataclass(frozen=True)
class Known:
    """Fields in use, and the facts of those that have a value, both by key."""

    fields: Mapping[str, Field]
    facts: Mapping[str, Fact]


def known_of(account: Account, keys: Sequence[str], seen: Looking) -> Known:
    """What is known of the account in the fields of these keys."""
    fields = fields_by_key(keys)
    return Known(fields, facts_at(account.pk, seen.as_of, seen.known_at, fields))


def shown_of(known: Known, keys: Sequence[str], member: Member, seen: Looking) -> list[ShownField]:
    """The fields of these keys that are in use, in the order of the keys."""
    names = member_names(known.fields.values(), [fact.value for fact in known.facts.values()])
    found = [(known.fields[key], known.facts.get(key)) for key in keys if key in known.fields]
    return [_field(field, fact, member, names, seen) for field, fact in found]


def _field(field: Field, fact: Fact | None, member: Member, names: Any, seen: Looking) -> ShownField:
    value = fact.value if fact else None
    return ShownField(
        field.key,
        field,
        show(field, value, names),
        empty=fact is None,
        editable=seen.known_at is None and may_edit(member, field),
        source=field.synced_from,
        since=fact.valid_from if fact else None,
        link=_link(field, value),
        day=_day(field, value),
    )


def _other(key: str, fact: Fact) -> ShownField:
    source = "" if fact.source == BY_HAND else source_name(fact.source)
    return ShownField(key, None, plain(fact.value), empty=False, editable=False, source=source, since=fact.valid_from)


def _day(field: Field, value: object) -> date | None:
    """What came from elsewhere may be no day."""
    if field.type != FieldType.DATE or not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _link(field: Field, value: object) -> str:
    """Only what typed.check lets through: an address that came from elsewhere may be anything."""
    if not isinstance(value, str):
        return ""
    if field.type == FieldType.LINK and value.lower().startswith(("https://", "http://")):
        return value
    if field.type == FieldType.PHONE and sum(letter.isdigit() for letter in value) >= 5:
        return "tel:" + "".join(letter for letter in value if letter.isdigit() or letter == "+")
    return ""
