"""Which cards and fields there are: added, changed, put in order and archived by the operators."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.fields.defaults import CHINESE
from tenure.accounts.models import Card, Field, FieldType
from tenure.activity.naming import said, told
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member, Role

_WORDS = {"subject": said, "before": said}
CARD_ADDED = verb("card.added", gettext_lazy("{by} added the card {subject}"), False, words=_WORDS)
CARD_RENAMED = verb("card.renamed", gettext_lazy("{by} renamed the card {before} to {subject}"), False, words=_WORDS)
CARD_ARCHIVED = verb("card.archived", gettext_lazy("{by} archived the card {subject}"), False, words=_WORDS)
CARD_RESTORED = verb("card.restored", gettext_lazy("{by} put the card {subject} back into use"), False, words=_WORDS)
FIELD_ADDED = verb("field.added", gettext_lazy("{by} added the field {subject}"), False, words=_WORDS)
FIELD_CHANGED = verb("field.changed", gettext_lazy("{by} changed the field {subject}"), False, words=_WORDS)
FIELD_ARCHIVED = verb("field.archived", gettext_lazy("{by} archived the field {subject}"), False, words=_WORDS)
FIELD_RESTORED = verb("field.restored", gettext_lazy("{by} put the field {subject} back into use"), False, words=_WORDS)
ARRANGED = verb("cards.arranged", gettext_lazy("{by} put profile cards in another order"), on_timeline=False)

_CURRENCY = re.compile(r"[A-Z]{3}")
MOST_OPTIONS = 200


class BadField(TenureError):
    """A card or field cannot be as asked for. `of` names the part that is wrong: name, key, options …"""

    def __init__(self, of: str, problem: str) -> None:
        super().__init__(problem)
        self.of = of


@dataclass(frozen=True)
class FieldDraft:
    """A field as asked for; what a type has no use for is ignored. See models.Field."""

    name: str
    chinese: str = ""
    key: str = ""  # made of the name when empty; of an existing field it stays
    type: FieldType = FieldType.TEXT
    options: Sequence[Mapping[str, Any]] = ()
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    longest: int | None = None
    unit: str = ""
    currency: str = ""
    synced_from: str = ""
    editors: Sequence[str] = ()


def add_card(name: str, chinese: str, actor: Member) -> Card:
    """A new card, the last one. Raises BadField."""
    with transaction.atomic():
        place = _next_place(Card.objects.aggregate(last=Max("place"))["last"])
        key = free_key(name, set(Card.objects.values_list("key", flat=True)), "card")
        card = Card.objects.create(key=key, name=_name(name), names=_names(chinese), place=place)
        _record(CARD_ADDED, card, actor)
        return card


def rename_card(card: Card, name: str, chinese: str, actor: Member) -> None:
    """Raises BadField."""
    with transaction.atomic():
        before = told([card])
        card.name, card.names = _name(name), _names(chinese)
        card.save(update_fields=["name", "names"])
        _record(CARD_RENAMED, card, actor, before=before)


def add_field(card: Card, draft: FieldDraft, actor: Member) -> Field:
    """A new field, the last of its card. Raises BadField."""
    with transaction.atomic():
        taken = set(Field.objects.values_list("key", flat=True))
        key = draft.key.strip() or free_key(draft.name, taken, "field")
        if key in taken:
            raise BadField("key", _("There is a field with this key already."))
        if len(key) > 200:
            raise BadField("key", _("At most 200 characters."))
        place = _next_place(card.fields.aggregate(last=Max("place"))["last"])
        field = Field(key=key, card=card, place=place, **_checked(replace(draft, key=key)))
        field.save()
        _record(FIELD_ADDED, field, actor)
        return field


def change_field(field: Field, draft: FieldDraft, actor: Member) -> None:
    """Changes all but the key. Values that were written before stay as they are. Raises BadField.

    Options that are archived, or that a rule writes, need not be in the draft: they stay.
    """
    with transaction.atomic():
        kept = [option for option in field.options if option not in field.offered]
        more = {option["value"]: option for option in field.options}
        for name, value in _checked(replace(draft, key=field.key)).items():
            setattr(field, name, value)
        if field.options:
            field.options = [{**more.get(option["value"], {}), **option} for option in field.options]
            given = {option["value"] for option in field.options}
            field.options += [option for option in kept if option["value"] not in given]
        field.save()
        _record(FIELD_CHANGED, field, actor)


def archive(each: Card | Field, actor: Member) -> None:
    """Takes a card with its fields, or a field, out of use; values and their history stay."""
    with transaction.atomic():
        each.archived_at = clock.now()
        each.save(update_fields=["archived_at"])
        _record(CARD_ARCHIVED if isinstance(each, Card) else FIELD_ARCHIVED, each, actor)


def restore(each: Card | Field, actor: Member) -> None:
    """Puts it back into use where it was."""
    with transaction.atomic():
        each.archived_at = None
        each.save(update_fields=["archived_at"])
        _record(CARD_RESTORED if isinstance(each, Card) else FIELD_RESTORED, each, actor)


def arrange(order: Sequence[tuple[int, Sequence[int]]], actor: Member) -> None:
    """Puts cards, and the fields on each, in this order: (card id, field ids). Those not named keep their place.

    A field named under another card moves there. Raises BadField for an id that is not there.
    """
    with transaction.atomic():
        cards = {card.pk: card for card in Card.objects.select_for_update()}
        fields = {field.pk: field for field in Field.objects.select_for_update()}
        if {pk for pk, _fields in order} - cards.keys() or {pk for _card, some in order for pk in some} - fields.keys():
            raise BadField("order", _("A card or field is gone. Load the page again."))
        for place, (card_id, field_ids) in enumerate(order):
            cards[card_id].place = place
            for number, field_id in enumerate(field_ids):
                fields[field_id].card_id, fields[field_id].place = card_id, number
        Card.objects.bulk_update(cards.values(), ["place"])
        Field.objects.bulk_update(fields.values(), ["card", "place"])
        record(ARRANGED, actor)


def _checked(draft: FieldDraft) -> dict[str, Any]:
    """The columns of a field, without what its type has no use for."""
    if draft.key == "name" and not draft.synced_from.strip():
        raise BadField("key", _("“name” is the customer's name, which its source writes."))
    kind = FieldType(draft.type)
    numeric, textual = kind in (FieldType.NUMBER, FieldType.MONEY), kind in (FieldType.TEXT,)
    minimum, maximum = (draft.minimum, draft.maximum) if numeric else (None, None)
    if minimum is not None and maximum is not None and minimum > maximum:
        raise BadField("maximum", _("The largest value is below the smallest."))
    currency = draft.currency.strip().upper()
    if kind == FieldType.MONEY and not _CURRENCY.fullmatch(currency):
        raise BadField("currency", _("Write the currency's three letters, such as USD or CNY."))
    if set(draft.editors) - set(Role):
        raise BadField("editors", _("There is no such role."))
    return {
        "name": _name(draft.name),
        "names": _names(draft.chinese),
        "type": kind,
        "options": _options(draft.options) if kind in (FieldType.CHOICE, FieldType.CHOICES) else [],
        "required": draft.required,
        "minimum": minimum,
        "maximum": maximum,
        "longest": draft.longest if textual else None,
        "unit": draft.unit.strip()[:20] if kind == FieldType.NUMBER else "",
        "currency": currency if kind == FieldType.MONEY else "",
        "synced_from": draft.synced_from.strip()[:100],
        "editors": sorted(set(draft.editors)),
    }


def _options(options: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Options with a value each, made of the name where it is new."""
    made: list[dict[str, Any]] = []
    for option in options:
        name = str(option.get("name", "")).strip()[:80]
        if not name:
            continue
        taken = {each["value"] for each in made}
        value = str(option.get("value") or "") or free_key(name, taken, "option")
        if value in taken or name.casefold() in {each["name"].casefold() for each in made}:
            raise BadField("options", _("“%(name)s” is there twice.") % {"name": name})
        made.append({"value": value[:80], "name": name, "names": dict(option.get("names", {}))})
    if not made:
        raise BadField("options", _("A choice needs at least one option."))
    if len(made) > MOST_OPTIONS:
        raise BadField("options", _("At most %(count)s options.") % {"count": MOST_OPTIONS})
    return made


def _name(name: str) -> str:
    name = name.replace("\0", "").strip()[:80]
    if not name:
        raise BadField("name", _("A name is needed."))
    return name


def _names(chinese: str) -> dict[str, str]:
    chinese = chinese.replace("\0", "").strip()[:80]
    return {CHINESE: chinese} if chinese else {}


def free_key(name: str, taken: set[str], otherwise: str) -> str:
    """A key made of the name, with a number where it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:50] or otherwise
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, 10_000))) if key not in taken)


def _next_place(last: int | None) -> int:
    return 0 if last is None else last + 1


def _record(done: Verb, each: Card | Field, actor: Member, **detail: Any) -> None:
    subject = Subject("card" if isinstance(each, Card) else "field", each.pk, each.name)
    record(done, actor, subject=subject, detail={**detail, "subject": told([each])})
