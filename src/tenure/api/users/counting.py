"""Who counts, of many users at once: as changes that can be undone."""

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.accounts import exclusion
from tenure.accounts.access import exclusion_changes_for, users_for
from tenure.accounts.models import ExclusionChange
from tenure.api.asked import Body, Id
from tenure.api.found import all_of, one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.users.routes import WRITES
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.warehouse.current import store

router = Router(tags=["Users"])
MOST: Final = 500


class CountingChangeShown(Schema):
    """Users were left out of every count or, with `counted`, counted again. `user_ids` are those that it changed."""

    id: int
    counted: bool
    user_ids: list[int]
    created_at: datetime
    undone_at: datetime | None


class CountingChanged(Body):
    user_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST)]
    counted: Annotated[bool, Field(description="Whether they count from now on, for past days, too.")]


@router.get("/counting-changes", response=Page[CountingChangeShown], summary="List one's own changes of who counts")
@needs(Area.USERS, Access.READ, Permission.EXCLUDE_USERS)
def list_counting_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member changed, the latest first: each can be undone."""
    found = exclusion_changes_for(request.member)
    return page_of(found, asked, lambda rows: [_show(each) for each in rows], by="-created_at")


@router.post(
    "/counting-changes",
    response={200: CountingChangeShown, 201: CountingChangeShown},
    summary="Leave users out of every count, or count them again",
)
@needs(*WRITES)
def create_counting_change(request: ApiRequest, body: CountingChanged) -> Status[CountingChangeShown]:
    """All of them or, when one is out of sight, none. All days are computed again. 200 where all is so already."""
    users = all_of(users_for(request.member).order_by("pk"), body.user_ids)
    verb = exclusion.include_users if body.counted else exclusion.exclude_users
    change = verb(users, request.member, store())
    return Status(201 if change.before else 200, _show(change))


@router.post("/counting-changes/{id}/undoing", response=CountingChangeShown, summary="Undo a change of who counts")
@needs(*WRITES)
def undo_counting_change(request: ApiRequest, id: Id) -> CountingChangeShown:
    """Puts back what it found, but for users who were changed again since."""
    change = one(exclusion_changes_for(request.member).filter(pk=id))
    exclusion.undo(change, request.member, store())
    change.refresh_from_db()
    return _show(change)


def _show(change: ExclusionChange) -> CountingChangeShown:
    return CountingChangeShown(
        id=change.pk,
        counted=not change.excluded,
        user_ids=sorted(int(key) for key in change.before),
        created_at=change.created_at,
        undone_at=change.undone_at,
    )
