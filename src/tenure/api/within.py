"""Which accounts a request means: those of a segment, of a condition, or both, on a day."""

from datetime import date
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _
from pydantic import Field

from tenure.accounts.access import accounts_for
from tenure.accounts.models import Account
from tenure.api.asked import Day, Id, Text
from tenure.api.errors import Refusal
from tenure.api.found import one
from tenure.api.paging import Paged
from tenure.api.request import ApiRequest
from tenure.core.conditions.tree import Node
from tenure.core.document import BadDocument
from tenure.people.models import Member
from tenure.segments.access import segments_for
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.models import Segment
from tenure.segments.reading import read_text
from tenure.ui.page import latest_day


class Within(Paged):
    """`condition` is a document as JSON text: see docs/conditions.md."""

    segment: Annotated[Id | None, Field(description="Only customers in this segment.")] = None
    condition: Annotated[Text, Field(max_length=20_000, description="Only customers meant by this condition.")] = ""
    day: Annotated[Day | None, Field(description="The day asked about; the latest with numbers when left out.")] = None


def account_of(request: ApiRequest, key: int) -> Account:
    """The account, when the member may see it."""
    return one(accounts_for(request.member).filter(pk=key))


def segment_of(request: ApiRequest, key: int) -> Segment:
    """The segment, when the member may see it."""
    return one(segments_for(request.member).filter(pk=key))


def asked_day(day: date | None) -> date:
    """The day asked about; one that lies ahead of the numbers is the latest."""
    latest = latest_day()
    return min(day or latest, latest)


def meant(request: ApiRequest, asked: Within) -> frozenset[int] | None:
    """The accounts in sight that segment and condition mean; None: neither was named."""
    if asked.segment is None and not asked.condition:
        return None
    catalogue, day = read_catalogue(), asked_day(asked.day)
    nodes = []
    if asked.segment is not None:
        nodes.append(node_of(segment_of(request, asked.segment).condition, catalogue, "query.segment"))
    if asked.condition:
        nodes.append(_in(asked.condition, catalogue, "query.condition"))
    return frozenset.intersection(*(mean(request.member, node, catalogue, day) for node in nodes))


def mean(member: Member, node: Node, catalogue: Catalogue, day: date) -> frozenset[int]:
    """The accounts in the member's sight that a condition means on a day."""
    return asking_of(member, catalogue).on(node, day)


def node_of(document: Any, catalogue: Catalogue, path: str) -> Node:
    """A condition given as a document; `path` is where it stands in the request."""
    return _in(msgspec.json.encode(document).decode(), catalogue, path)


def _in(text: str, catalogue: Catalogue, path: str) -> Node:
    try:
        return read_text(text, catalogue.fields)
    except BadDocument as error:
        where = f"{path}.{error.path}" if error.path else path
        raise Refusal(
            422, _("The condition cannot be used: %(problem)s") % {"problem": error.problem}, path=where
        ) from None
