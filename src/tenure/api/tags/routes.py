"""Which tags there are: listing, adding, changing and archiving them."""

from typing import Any

from ninja import Router, Status

from tenure.api.asked import Word
from tenure.api.errors import not_found
from tenure.api.etags import check_match
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.tags.shown import TagChanged, TagListed, TagSent, TagShown, show_listed, show_tag
from tenure.api.within import node_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments.catalogue import read_catalogue
from tenure.segments.holding import count_by_value
from tenure.segments.tags import managing
from tenure.segments.tags.managing import Draft
from tenure.segments.tags.tag import FIELD, Tag, tags_field, tags_of

router = Router(tags=["Tags"])
WRITES = (Area.SEGMENTS, Access.WRITE, Permission.SHARE_SEGMENTS)


@router.get("/tags", response=list[TagListed], summary="List tags")
@needs(Area.SEGMENTS)
def list_tags(request: ApiRequest, archived: bool = False) -> list[TagListed]:
    """The tags in use, in their order; with `archived` the archived ones instead."""
    counts = count_by_value(FIELD, request.member)
    tags = tags_of(tags_field()).values()
    return [show_listed(each, counts[each.value]) for each in tags if each.archived == archived]


@router.post("/tags", response={201: TagShown}, summary="Add a tag")
@needs(*WRITES, single=True)
def create_tag(request: ApiRequest, body: TagSent) -> Status[TagShown]:
    """Put on by people or, with a condition, by a rule: on whoever meets it, from now on."""
    return Status(201, show_tag(managing.add_tag(_draft(body.model_dump()), actor=request.member)))


@router.put("/tags/{path:value}/archive", response=TagShown, summary="Archive a tag")
@needs(*WRITES)
def archive_tag(request: ApiRequest, value: Word) -> TagShown:
    """It is not offered any more and its rule rests; who had it stays known."""
    managing.archive_tag(tag_of(value, archived=False).value, actor=request.member)
    return show_tag(tag_of(value))


@router.delete("/tags/{path:value}/archive", response=TagShown, summary="Bring a tag back")
@needs(*WRITES)
def restore_tag(request: ApiRequest, value: Word) -> TagShown:
    """Puts it back into use, on those who had it."""
    managing.restore_tag(tag_of(value, archived=True).value, actor=request.member)
    return show_tag(tag_of(value))


@router.get("/tags/{path:value}", response=TagShown, summary="Read a tag")
@needs(Area.SEGMENTS, single=True)
def get_tag(request: ApiRequest, value: Word) -> TagShown:
    """One tag, by its value."""
    return show_tag(tag_of(value))


@router.patch("/tags/{path:value}", response=TagShown, summary="Change a tag")
@needs(*WRITES, single=True)
def update_tag(request: ApiRequest, value: Word, body: TagChanged) -> TagShown:
    """Writes what is sent; the rest stays. With another rule it is put on and taken off anew."""
    shown = show_tag(tag_of(value))
    check_match(request, shown)
    draft = _draft({**shown.model_dump(include=set(TagChanged.model_fields)), **body.given()})
    managing.change_tag(value, draft, actor=request.member)
    return show_tag(tag_of(value))


def tag_of(value: str, *, archived: bool | None = None) -> Tag:
    """The tag; with `archived` only when it is, or is not."""
    tag = tags_of(tags_field()).get(value)
    if tag is None or archived not in (None, tag.archived):
        raise not_found()
    return tag


def _draft(sent: dict[str, Any]) -> Draft:
    condition = sent["condition"]
    node = None if condition is None else node_of(condition, read_catalogue(), "body.condition")
    return Draft(sent["name"], sent["chinese"], sent["tone"], node)
