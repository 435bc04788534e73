"""What stands around customers: the fields that are kept of them, and the members of the vendor's team."""

from typing import Any, Literal

from ninja import Router, Schema

from tenure.accounts.fields.reading import fields_by_key, may_edit
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Area, Member

router = Router(tags=["Customers"])


class Option(Schema):
    """What a choice offers."""

    value: str
    name: str


class FieldShown(Schema):
    """What is kept of every customer under a key. `locked_by` is the system that owns it, empty where people write it;
    `editable`: the token's member may write it.
    """

    key: str
    name: str
    card: str
    type: Literal["text", "number", "money", "date", "choice", "choices", "member", "phone", "link", "yes_no"]
    options: list[Option]
    required: bool
    unit: str
    currency: str
    locked_by: str
    editable: bool


class MemberShown(Schema):
    """Somebody of the vendor's team."""

    id: int
    name: str
    email: str


@router.get("/fields", response=list[FieldShown], summary="List the fields of customers")
@needs(Area.ACCOUNTS)
def list_fields(request: ApiRequest) -> list[FieldShown]:
    """The fields in use, in the order of the cards."""
    return [_field(field, request.member) for field in fields_by_key().values()]


@router.get("/members", response=list[MemberShown], summary="List the members", tags=["People in charge"])
@needs(Area.ASSIGNMENTS)
def list_members(request: ApiRequest) -> list[MemberShown]:
    """Those who work here now, by name."""
    found = Member.objects.filter(is_active=True).order_by("name", "email")
    return [MemberShown(id=each.pk, name=str(each), email=each.email) for each in found]


def _field(field: Any, member: Member) -> FieldShown:
    options = [(option["value"], field.option_name(option["value"]) or "") for option in field.options]
    return FieldShown(
        key=field.key,
        name=str(field),
        card=str(field.card),
        type=field.type,
        options=[Option(value=value, name=name) for value, name in options],
        required=field.required,
        unit=field.unit,
        currency=field.currency,
        locked_by=field.synced_from,
        editable=may_edit(member, field),
    )
