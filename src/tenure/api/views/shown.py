"""Saved views as programs read and write them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from tenure.api.asked import Body, Text
from tenure.segments.models import Sharing, View
from tenure.segments.saving import MOST_NAME

Name = Annotated[Text, Field(min_length=1, max_length=MOST_NAME)]
Part = Annotated[Text, Field(max_length=8_000)]


class ViewQuery(Body):
    """What the list's address asks for; empty parts narrow nothing. `columns` are keys, comma separated; `sort` is a
    key, with a minus before it the largest first; `q` is searched for; `state` are healthy, average, at-risk or
    unknown, comma separated; `charge` is me, nobody or a member's id; `group` a customer's id; `tag` a tag's value;
    `segment` an id; `condition` a document as JSON text.
    """

    columns: Part = ""
    sort: Part = ""
    q: Part = ""
    state: Part = ""
    charge: Part = ""
    group: Part = ""
    tag: Part = ""
    segment: Part = ""
    condition: Part = ""

    def parts(self) -> Mapping[str, list[str]]:
        """As addresses hold it."""
        return {name: [text] for name, text in self.model_dump().items() if text}


class ViewShown(Schema):
    """The customers list as somebody keeps it. `owner_id` is null once the member was erased."""

    id: int
    name: str
    query: ViewQuery
    sharing: Sharing
    owner_id: int | None
    created_at: datetime
    changed_at: datetime


class ViewSent(Body):
    name: Name
    query: ViewQuery
    sharing: Sharing = Sharing.PRIVATE


class ViewChanged(Body):
    """What is left out stays as it is."""

    name: Name = ""
    query: ViewQuery = ViewQuery()
    sharing: Sharing = Sharing.PRIVATE


def show_view(view: View) -> ViewShown:
    return ViewShown(
        id=view.pk,
        name=view.name,
        query=ViewQuery(**view.query),
        sharing=Sharing(view.sharing),
        owner_id=view.owner_id,
        created_at=view.created_at,
        changed_at=view.changed_at,
    )
