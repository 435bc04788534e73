"""Two customers that are one: what merging them would bring together, doing it, and taking it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import accounts_for
from tenure.accounts.merging.members import members_of, survivor_of
from tenure.accounts.merging.preview import preview
from tenure.accounts.merging.verbs import merge_accounts, undo_merge
from tenure.accounts.models import AccountMerge
from tenure.api.asked import Body, Id, Word
from tenure.api.errors import not_found
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.within import account_of, asked_day
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.warehouse.current import store

router = Router(tags=["Customers"])
WRITES = (Area.ACCOUNTS, Access.WRITE, Permission.ARRANGE_ACCOUNTS)


class MergeShown(Schema):
    """The customer `merged_id` lives on in `survivor_id` until it is undone; it is not there under its own id."""

    id: int
    merged_id: int
    survivor_id: int
    merged_at: datetime
    undone_at: datetime | None


class ChoiceShown(Schema):
    """A field of which both have a value, and not the same."""

    field: str
    survivors: Any
    merged: Any


class MergePreview(Schema):
    """What the merged customer brings along. `rows` counts what is kept of it, by kind; `choices` are fields with two
    values, of which the survivor's stays unless it is taken; `only_merged` those that the survivor takes over.
    """

    events: int
    users: int
    rows: Mapping[str, int]
    choices: list[ChoiceShown]
    only_merged: Mapping[str, Any]


class Merged(Body):
    merged_id: Annotated[Id, Field(description="The customer that lives on in this one.")]
    take: Annotated[
        list[Word], Field(max_length=1_000, description="Keys of fields of which the merged customer's value is taken.")
    ] = []


@router.get(
    "/accounts/{id}/merge-preview/{merged_id}", response=MergePreview, summary="Preview a merge of two customers"
)
@needs(Area.ACCOUNTS, Access.READ, Permission.ARRANGE_ACCOUNTS)
def preview_merge(request: ApiRequest, id: Id, merged_id: Id) -> MergePreview:
    """What would come together; nothing is done."""
    survivor, merged = account_of(request, id), account_of(request, merged_id)
    found = preview(merged, survivor, asked_day(None), store())
    choices = [ChoiceShown(field=each.field, survivors=each.survivors, merged=each.merged) for each in found.choices]
    return MergePreview(
        events=found.events, users=found.users, rows=found.rows, choices=choices, only_merged=found.only_merged
    )


@router.get("/accounts/{id}/merges", response=list[MergeShown], summary="List what was merged into a customer")
@needs(Area.ACCOUNTS)
def list_merges(request: ApiRequest, id: Id, history: bool = False) -> list[MergeShown]:
    """The merges that hold, or with `history` those undone, too; the earliest first."""
    members = members_of(account_of(request, id).pk)
    found = AccountMerge.objects.filter(survivor__in=members)
    if not history:
        found = found.filter(undone_at=None)
    return [_show(each) for each in found.order_by("merged_at", "pk")]


@router.post("/accounts/{id}/merges", response={201: MergeShown}, summary="Merge another customer into this one")
@needs(*WRITES)
def create_merge(request: ApiRequest, id: Id, body: Merged) -> Status[MergeShown]:
    """Nothing is moved or lost: it can be undone. All days are computed again in the background."""
    survivor, merged = account_of(request, id), account_of(request, body.merged_id)
    return Status(201, _show(merge_accounts(merged, survivor, request.member, store(), body.take)))


@router.post("/merges/{id}/undoing", response=MergeShown, summary="Undo a merge")
@needs(*WRITES)
def undo_account_merge(request: ApiRequest, id: Id) -> MergeShown:
    """Makes two customers of them again, as they would be without the merge."""
    merge = AccountMerge.objects.select_related("merged", "survivor").filter(pk=id).first()
    if merge is None or not accounts_for(request.member).filter(pk=survivor_of(merge.survivor_id)).exists():
        raise not_found()
    undo_merge(merge, request.member, store())
    merge.refresh_from_db()
    return _show(merge)


def _show(merge: AccountMerge) -> MergeShown:
    return MergeShown(
        id=merge.pk,
        merged_id=merge.merged_id,
        survivor_id=merge.survivor_id,
        merged_at=merge.merged_at,
        undone_at=merge.undone_at,
    )
