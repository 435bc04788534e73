"""Tags as programs read and write them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from tenure.activity.models import Activity
from tenure.api.asked import Body, Id, Text
from tenure.api.segments.shown import Document
from tenure.segments.tags.history import Turn
from tenure.segments.tags.managing import MOST_NAME
from tenure.segments.tags.tag import Tag

Tone = Literal["", "1", "2", "3", "4", "5", "6"]
Name = Annotated[Text, Field(min_length=1, max_length=MOST_NAME)]
Chinese = Annotated[Text, Field(max_length=MOST_NAME, description="Its name in Chinese; empty: the same.")]
MOST_AT_ONCE = 1_000


class TagShown(Schema):
    """`value` is what the field `tags` of customers holds. With a `condition` a rule alone puts it on; `version` counts
    the changes of that, from 1. `tone` is one of six colours, empty for none.
    """

    value: str
    name: str
    chinese: str
    tone: str
    condition: dict[str, Any] | None
    version: int | None
    archived: bool


class TagListed(TagShown):
    """`customers` in sight have it now."""

    customers: int


class TagSent(Body):
    name: Name
    chinese: Chinese = ""
    tone: Tone = ""
    condition: Annotated[Document | None, Field(description="Whom a rule puts it on; null: people do.")] = None


class TagChanged(Body):
    """What is left out stays as it is; a `condition` that is null takes the rule away."""

    name: Name = ""
    chinese: Chinese = ""
    tone: Tone = ""
    condition: Document | None = None


class Customers(Body):
    account_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]


class CustomersChanged(Schema):
    """The customers that were changed: those of whom it was not so already. `tagging_id` is what it is undone by; null:
    all was so already.
    """

    account_ids: list[int]
    tagging_id: int | None


class TagTurn(Schema):
    """The customer had the tag from `began` until `ended`; null: it has it still. The sources say what wrote that:
    person, rule, or the name of a file's or another system's.
    """

    began: datetime
    began_source: str
    began_member_id: int | None
    ended: datetime | None
    ended_source: str | None
    ended_member_id: int | None


class TagTurns(Schema):
    """When a customer had the tag, oldest first."""

    account_id: int
    turns: list[TagTurn]


def show_tag(tag: Tag) -> TagShown:
    return TagShown(**_values(tag))


def show_listed(tag: Tag, customers: int) -> TagListed:
    return TagListed(**_values(tag), customers=customers)


def show_changed(tagging: Activity | None) -> CustomersChanged:
    changed = tagging.accounts.order_by("account").values_list("account_id", flat=True) if tagging else ()
    return CustomersChanged(account_ids=list(changed), tagging_id=tagging.pk if tagging else None)


def show_turn(turn: Turn) -> TagTurn:
    source, member_id = turn.taken_off or (None, None)
    return TagTurn(
        began=turn.began,
        began_source=turn.put_on[0],
        began_member_id=turn.put_on[1],
        ended=turn.ended,
        ended_source=source,
        ended_member_id=member_id,
    )


def _values(tag: Tag) -> dict[str, Any]:
    return {
        "value": tag.value,
        "name": tag.name,
        "chinese": tag.chinese,
        "tone": tag.tone,
        "condition": dict(tag.rule.condition) if tag.rule else None,
        "version": tag.rule.version if tag.rule else None,
        "archived": tag.archived,
    }
