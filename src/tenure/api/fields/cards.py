"""Profile cards: listing, adding, naming, putting in order and archiving them; for whom they are shown."""

from typing import Annotated

from ninja import Router, Status
from pydantic import Field

from tenure.accounts.fields import managing
from tenure.accounts.models import Card
from tenure.api.asked import Body, Id
from tenure.api.errors import Refusal
from tenure.api.fields.shown import CardShown, Chinese, Name, show_card
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.within import segment_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments.cards import show_card_for
from tenure.segments.models import CardSegment

router = Router(tags=["Cards and fields"])
WRITES = (Area.FIELDS, Access.WRITE, Permission.MANAGE_FIELDS)


class CardSent(Body):
    name: Name
    chinese: Chinese = ""


class CardPlaced(Body):
    """A card and the fields on it, in order; a field of another card moves here."""

    id: Id
    field_ids: Annotated[list[Id], Field(max_length=500)] = []


class CardsOrdered(Body):
    cards: Annotated[list[CardPlaced], Field(max_length=200)]


class ShownFor(Body):
    segment_id: Annotated[Id | None, Field(description="A segment shared with everybody; null: for all customers.")]


@router.get("/cards", response=list[CardShown], summary="List the profile cards")
@needs(Area.FIELDS)
def list_cards(request: ApiRequest, archived: bool = False) -> list[CardShown]:
    """The cards in use, or those that are archived, in their order."""
    return _list(archived=archived)


@router.post("/cards", response={201: CardShown}, summary="Add a profile card")
@needs(*WRITES)
def create_card(request: ApiRequest, body: CardSent) -> Status[CardShown]:
    """The last one."""
    return Status(201, _show(managing.add_card(body.name, body.chinese, request.member)))


@router.put("/cards/{id}/name", response=CardShown, summary="Name a profile card")
@needs(*WRITES)
def rename_card(request: ApiRequest, id: Id, body: CardSent) -> CardShown:
    """Its key stays."""
    card = _card(id)
    managing.rename_card(card, body.name, body.chinese, request.member)
    return _show(card)


@router.put("/cards/{id}/segment", response=CardShown, summary="Show a profile card for a segment only")
@needs(*WRITES)
def show_card_for_segment(request: ApiRequest, id: Id, body: ShownFor) -> CardShown:
    """It is on the page of the segment's customers, with null on every customer's."""
    card = _card(id, archived=False)
    show_card_for(card, segment_of(request, body.segment_id) if body.segment_id else None, actor=request.member)
    return _show(card)


@router.put("/card-order", response=list[CardShown], summary="Put cards and fields in order")
@needs(*WRITES)
def order_cards(request: ApiRequest, body: CardsOrdered) -> list[CardShown]:
    """Those that are not named keep their place."""
    try:
        managing.arrange([(each.id, each.field_ids) for each in body.cards], request.member)
    except managing.BadField as error:
        raise Refusal(409, str(error)) from None
    return _list()


@router.put("/cards/{id}/archive", response=CardShown, summary="Archive a profile card")
@needs(*WRITES)
def archive_card(request: ApiRequest, id: Id) -> CardShown:
    """Takes it out of use with its fields; what was written on it stays."""
    card = _card(id, archived=False)
    managing.archive(card, request.member)
    return _show(card)


@router.delete("/cards/{id}/archive", response=CardShown, summary="Bring a profile card back")
@needs(*WRITES)
def restore_card(request: ApiRequest, id: Id) -> CardShown:
    """Puts it back into use where it was."""
    card = _card(id, archived=True)
    managing.restore(card, request.member)
    return _show(card)


def _list(*, archived: bool = False) -> list[CardShown]:
    found = Card.objects.filter(archived_at__isnull=not archived).prefetch_related("fields")
    segments = dict(CardSegment.objects.values_list("card_id", "segment_id"))
    return [show_card(each, segments.get(each.pk)) for each in found.order_by("place", "pk")]


def _show(card: Card) -> CardShown:
    segment = CardSegment.objects.filter(card=card).values_list("segment_id", flat=True).first()
    return show_card(card, segment)


def _card(key: int, *, archived: bool | None = None) -> Card:
    found = Card.objects.filter(pk=key)
    if archived is not None:
        found = found.filter(archived_at__isnull=not archived)
    return one(found)
