"""Cards and fields as programs read and write them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tenure.accounts.fields.defaults import CHINESE
from tenure.accounts.fields.managing import FieldDraft
from tenure.accounts.fields.reading import may_edit
from tenure.accounts.models import Card, FieldType
from tenure.accounts.models import Field as CardField
from tenure.api.asked import Body, Id, Text
from tenure.people.models import Member, Role

Name = Annotated[Text, Field(min_length=1, max_length=80)]
Chinese = Annotated[Text, Field(max_length=80, description="The name in Chinese.")]
Limit = Annotated[float, Field(ge=-1e15, le=1e15)]
Longest = Annotated[int, Field(ge=1, le=2_000, description="Characters of a text.")]
Unit = Annotated[Text, Field(max_length=20)]
Currency = Annotated[Text, Field(max_length=3, description="Three letters, of money.")]
System = Annotated[Text, Field(max_length=100, description="The system that owns it; empty: people write it.")]


class OptionShown(Schema):
    """What a choice offers. `offered` is false of one that is archived, or that a rule alone writes."""

    value: str
    name: str
    chinese: str
    offered: bool


class FieldShown(Schema):
    """What is kept of every customer under a key. `locked_by` is the system that owns it, empty where people write it;
    `editable`: the token's member may write it; `editors`: roles that may, all that edit fields where there are none.
    """

    id: int
    key: str
    name: str
    chinese: str
    card_id: int
    card: str
    type: FieldType
    options: list[OptionShown]
    required: bool
    minimum: float | None
    maximum: float | None
    longest: int | None
    unit: str
    currency: str
    locked_by: str
    editors: list[str]
    editable: bool
    archived_at: datetime | None


class CardShown(Schema):
    """A group of fields on the customer page; of the customers of a segment only where it names one."""

    id: int
    key: str
    name: str
    chinese: str
    field_ids: list[int]
    segment_id: int | None
    archived_at: datetime | None


class OptionSent(Body):
    """`value` is what is kept; made of the name when it is left out."""

    value: Annotated[Text, Field(max_length=80)] = ""
    name: Name
    chinese: Chinese = ""


Options = Annotated[list[OptionSent], Field(max_length=200, description="Of a choice, in order.")]


class FieldSent(Body):
    """What a type has no use for is ignored."""

    card_id: Id
    name: Name
    chinese: Chinese = ""
    key: Annotated[Text, Field(max_length=200, description="Made of the name when it is left out.")] = ""
    type: FieldType = FieldType.TEXT
    options: Options = []
    required: bool = False
    minimum: Limit | None = None
    maximum: Limit | None = None
    longest: Longest | None = None
    unit: Unit = ""
    currency: Currency = ""
    locked_by: System = ""
    editors: list[Role] = []


class FieldChanged(Body):
    """What is left out stays as it is; values that were written before stay, too."""

    name: Name = ""
    chinese: Chinese = ""
    type: FieldType = FieldType.TEXT
    options: Options = []
    required: bool = False
    minimum: Limit | None = None
    maximum: Limit | None = None
    longest: Longest | None = None
    unit: Unit = ""
    currency: Currency = ""
    locked_by: System = ""
    editors: list[Role] = []


def show_field(field: CardField, member: Member) -> FieldShown:
    offered = {option["value"] for option in field.offered}
    return FieldShown(
        id=field.pk,
        key=field.key,
        name=str(field),
        chinese=field.chinese,
        card_id=field.card_id,
        card=str(field.card),
        type=FieldType(field.type),
        options=[
            OptionShown(
                value=option["value"],
                name=field.option_name(option["value"]) or "",
                chinese=option.get("names", {}).get(CHINESE, ""),
                offered=option["value"] in offered,
            )
            for option in field.options
        ],
        required=field.required,
        minimum=field.minimum,
        maximum=field.maximum,
        longest=field.longest,
        unit=field.unit,
        currency=field.currency,
        locked_by=field.synced_from,
        editors=field.editors,
        editable=may_edit(member, field),
        archived_at=field.archived_at,
    )


def show_card(card: Card, segment_id: int | None) -> CardShown:
    fields = [(each.place, each.pk) for each in card.fields.all() if each.archived_at is None]
    return CardShown(
        id=card.pk,
        key=card.key,
        name=str(card),
        chinese=card.chinese,
        field_ids=[key for _place, key in sorted(fields)],
        segment_id=segment_id,
        archived_at=card.archived_at,
    )


def draft_of(sent: Mapping[str, Any]) -> FieldDraft:
    """The field as its verbs want it, of what was sent."""
    options = [{"value": each["value"], "name": each["name"], "names": _names(each)} for each in sent["options"]]
    rest = {name: sent[name] for name in ("name", "chinese", "required", "minimum", "maximum", "longest", "unit")}
    return FieldDraft(
        **rest,
        key=sent.get("key", ""),
        type=FieldType(sent["type"]),
        options=options,
        currency=sent["currency"],
        synced_from=sent["locked_by"],
        editors=[str(each) for each in sent["editors"]],
    )


def sent_of(field: CardField) -> dict[str, Any]:
    """What would have to be sent for the field to be as it is."""
    options = [
        {"value": each["value"], "name": each["name"], "chinese": each.get("names", {}).get(CHINESE, "")}
        for each in field.offered
    ]
    names = ("name", "chinese", "type", "required", "minimum", "maximum", "longest", "unit", "currency", "editors")
    return {**{name: getattr(field, name) for name in names}, "options": options, "locked_by": field.synced_from}


def _names(option: Mapping[str, Any]) -> dict[str, str]:
    return {CHINESE: option["chinese"]} if option["chinese"] else {}
