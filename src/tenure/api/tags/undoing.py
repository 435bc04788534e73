"""What was changed of tags, and on whom they were put: each can be undone."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema

from tenure.accounts.access import check_sees_all_of
from tenure.activity.models import AccountActivity, Activity
from tenure.api.asked import Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.tags import customers, routes
from tenure.api.tags.shown import CustomersChanged, TagChanged, TagShown, show_changed, show_tag
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.segments.tags.managing import changes_by, put_back
from tenure.segments.tags.putting import PUT_ON, taggings_by, take_back
from tenure.segments.tags.tag import Tag

router = Router(tags=["Tags"])


class TagChangeShown(Schema):
    """A change of the tag `value`. `changed` names what of it: name, chinese, tone, condition."""

    id: int
    value: str
    at: datetime
    changed: list[str]


class TaggingShown(Schema):
    """The tags `values` were put on so many customers or, with `on` false, taken off them."""

    id: int
    on: bool
    values: list[str]
    at: datetime
    accounts: int


@router.get("/tag-changes", response=Page[TagChangeShown], summary="List one's own changes of tags")
@needs(Area.SEGMENTS, Access.READ, Permission.SHARE_SEGMENTS)
def list_tag_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member changed of tags, the latest first: each can be undone."""
    found = changes_by(request.member)
    return page_of(found, asked, lambda rows: [_change(each) for each in rows], by="-recorded_at")


@router.post("/tag-changes/{id}/undoing", response=TagShown, summary="Undo a change of a tag")
@needs(*routes.WRITES)
def undo_tag_change(request: ApiRequest, id: Id) -> TagShown:
    """Puts back what it found; refused where the tag was changed again since."""
    return show_tag(put_back(one(changes_by(request.member).filter(pk=id)), actor=request.member))


@router.get("/taggings", response=Page[TaggingShown], summary="List one's own taggings")
@needs(Area.ACCOUNTS, Access.READ, Permission.EDIT_FIELDS)
def list_taggings(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """Each time the token's member put tags on customers or took them off, the latest first: each can be undone."""
    return page_of(taggings_by(request.member), asked, _taggings, by="-recorded_at")


@router.post("/taggings/{id}/undoing", response=CustomersChanged, summary="Undo putting a tag on, or taking it off")
@needs(*customers.WRITES)
def undo_tagging(request: ApiRequest, id: Id) -> CustomersChanged:
    """On those customers that it changed, however many: on all of them or, when one is out of sight, on none."""
    tagging = one(taggings_by(request.member).filter(pk=id))
    check_sees_all_of(tagging, request.member)
    return show_changed(take_back(tagging, actor=request.member))


def _change(change: Activity) -> TagChangeShown:
    before, after = (show_tag(Tag.of(change.detail[when])) for when in ("before", "after"))
    changed = [name for name in TagChanged.model_fields if getattr(before, name) != getattr(after, name)]
    return TagChangeShown(id=change.pk, value=after.value, at=change.recorded_at, changed=changed)


def _taggings(rows: list[Activity]) -> list[TaggingShown]:
    counts: dict[int, int] = defaultdict(int)
    values: dict[int, dict[str, None]] = defaultdict(dict)
    moved = AccountActivity.objects.filter(activity__in=rows).order_by("pk")
    for activity_id, some in moved.values_list("activity_id", "detail__values"):
        counts[activity_id] += 1
        values[activity_id].update(dict.fromkeys(some))
    return [
        TaggingShown(
            id=each.pk,
            on=each.verb == PUT_ON.name,
            values=list(values[each.pk]),
            at=each.recorded_at,
            accounts=counts[each.pk],
        )
        for each in rows
    ]
