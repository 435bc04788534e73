"""Fields: listing, adding, changing and archiving them."""

from ninja import Router, Status

from tenure.accounts.fields import managing
from tenure.accounts.fields.reading import fields_by_key
from tenure.accounts.models import Card, Field
from tenure.api.asked import Id
from tenure.api.errors import Refusal
from tenure.api.etags import check_match
from tenure.api.fields.shown import FieldChanged, FieldSent, FieldShown, draft_of, sent_of, show_field
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Cards and fields"])
WRITES = (Area.FIELDS, Access.WRITE, Permission.MANAGE_FIELDS)


@router.get("/fields", response=list[FieldShown], summary="List the fields of customers")
@needs(Area.ACCOUNTS)
def list_fields(request: ApiRequest, archived: bool = False) -> list[FieldShown]:
    """The fields in use, or those that are archived, in the order of the cards."""
    if not archived:
        return [show_field(each, request.member) for each in fields_by_key().values()]
    found = Field.objects.exclude(archived_at=None).select_related("card").order_by("card__place", "place", "pk")
    return [show_field(each, request.member) for each in found]


@router.post("/fields", response={201: FieldShown}, summary="Add a field")
@needs(*WRITES, single=True)
def create_field(request: ApiRequest, body: FieldSent) -> Status[FieldShown]:
    """The last one of its card."""
    card = one(Card.objects.filter(pk=body.card_id, archived_at=None))
    try:
        field = managing.add_field(card, draft_of(body.model_dump()), request.member)
    except managing.BadField as error:
        raise _bad(error) from None
    return Status(201, show_field(field, request.member))


@router.get("/fields/{id}", response=FieldShown, summary="Read a field")
@needs(Area.ACCOUNTS, single=True)
def get_field(request: ApiRequest, id: Id) -> FieldShown:
    """One field, also when it is archived."""
    return show_field(_field(id), request.member)


@router.patch("/fields/{id}", response=FieldShown, summary="Change a field")
@needs(*WRITES, single=True)
def update_field(request: ApiRequest, id: Id, body: FieldChanged) -> FieldShown:
    """Writes what is sent; the key stays, and so do options that are archived or that a rule writes."""
    field = _field(id)
    check_match(request, show_field(field, request.member))
    sent = {**sent_of(field), **body.model_dump(exclude_unset=True)}
    for option in sent["options"]:
        option.setdefault("value", "")
        option.setdefault("chinese", "")
    try:
        managing.change_field(field, draft_of(sent), request.member)
    except managing.BadField as error:
        raise _bad(error) from None
    return show_field(field, request.member)


@router.put("/fields/{id}/archive", response=FieldShown, summary="Archive a field")
@needs(*WRITES)
def archive_field(request: ApiRequest, id: Id) -> FieldShown:
    """Takes it out of use; values and their history stay."""
    field = _field(id, archived=False)
    managing.archive(field, request.member)
    return show_field(field, request.member)


@router.delete("/fields/{id}/archive", response=FieldShown, summary="Bring a field back")
@needs(*WRITES)
def restore_field(request: ApiRequest, id: Id) -> FieldShown:
    """Puts it back into use where it was."""
    field = _field(id, archived=True)
    managing.restore(field, request.member)
    return show_field(field, request.member)


def _field(key: int, *, archived: bool | None = None) -> Field:
    found = Field.objects.select_related("card").filter(pk=key)
    if archived is not None:
        found = found.filter(archived_at__isnull=not archived)
    return one(found)


def _bad(error: managing.BadField) -> Refusal:
    return Refusal(422, str(error), path=f"body.{'locked_by' if error.of == 'synced_from' else error.of}")
