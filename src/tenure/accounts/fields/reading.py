"""The cards and fields in use, and who may write which."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tenure.accounts.models import Card, Field, FieldType
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.remembered.remember import remembered


@dataclass(frozen=True)
class CardOfFields:
    """A card with its fields in order."""

    card: Card
    fields: tuple[Field, ...]


def cards_in_use() -> list[CardOfFields]:
    """Cards and fields that are not archived, in order; a card without fields too."""
    cards = Card.objects.filter(archived_at=None).order_by("place", "pk")
    by_card: dict[int, list[Field]] = {card.pk: [] for card in cards}
    for field in Field.objects.filter(archived_at=None, card__in=by_card).order_by("place", "pk"):
        by_card[field.card_id].append(field)
    return [CardOfFields(card, tuple(by_card[card.pk])) for card in cards]


def fields_by_key(keys: Collection[str] | None = None) -> dict[str, Field]:
    """The fields in use with their cards, of these keys or all, by key."""
    return dict(_fields(None if keys is None else frozenset(keys)))


@remembered
def _fields(keys: frozenset[str] | None) -> Mapping[str, Field]:
    fields = Field.objects.filter(archived_at=None, card__archived_at=None).select_related("card")
    if keys is not None:
        fields = fields.filter(key__in=keys)
    return {field.key: field for field in fields.order_by("card__place", "place", "pk")}


def may_edit(member: Member, field: Field) -> bool:
    """Whether the member may write the field: it is not another system's, and their role is one of its editors."""
    if field.synced_from or not allows(member, Permission.EDIT_FIELDS):
        return False
    return not field.editors or member.role in field.editors


def member_names(fields: Iterable[Field], values: Iterable[object]) -> Mapping[int, str]:
    """Names of the members that member fields may name, looked up once for a page."""
    if not any(field.type == FieldType.MEMBER for field in fields):
        return {}
    keys = {value for value in values if isinstance(value, int) and not isinstance(value, bool)}
    return {member.pk: str(member) for member in Member.objects.filter(pk__in=keys)}
