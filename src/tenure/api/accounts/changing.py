"""Changes of fields: of many customers at once, of a past value, and taken back."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import Count, QuerySet
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import accounts_for, check_sees_all_of
from tenure.accounts.fields import editing
from tenure.accounts.fields.undoing import undo
from tenure.accounts.models import Account, Fact
from tenure.activity.models import AccountActivity, Activity
from tenure.api.accounts.routes import Values
from tenure.api.asked import Body, Id, Moment
from tenure.api.found import all_of, one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Customers"])
WRITES = (Area.ACCOUNTS, Access.WRITE, Permission.EDIT_FIELDS)
MOST: Final = 2_000
_OF_ONE: Final = (editing.CORRECTED.name, editing.WITHDRAWN.name)
_VERBS: Final = (editing.SET.name, *_OF_ONE)
Since = Annotated[Moment | None, Field(description="Since when the values hold; now when left out.")]


class ChangeShown(Schema):
    """A change of `fields`, by key, of so many customers. `id` is what it is undone by; null: all was so already."""

    id: int | None
    kind: str
    at: datetime | None
    fields: list[str]
    accounts: int


class ManyChanged(Body):
    account_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST)]
    fields: Values
    valid_from: Since = None


class Corrected(Body):
    """`valid_from` is that of the corrected fact when it is left out."""

    value: Any = None
    valid_from: Annotated[Moment | None, Field(description="Since when the value holds.")] = None


@router.put("/accounts/{id}/facts/{fact_id}/correction", response=ChangeShown, summary="Correct a past value")
@needs(*WRITES)
def correct_account_fact(request: ApiRequest, id: Id, fact_id: Id, body: Corrected) -> ChangeShown:
    """Another value, or another moment, in place of a fact; what was known before stays readable."""
    fact = _fact(account_of(request, id), fact_id)
    return _shown([editing.correct_fact(fact, body.value, request.member, valid_from=body.valid_from)])[0]


@router.put("/accounts/{id}/facts/{fact_id}/withdrawal", response=ChangeShown, summary="Withdraw a past value")
@needs(*WRITES)
def withdraw_account_fact(request: ApiRequest, id: Id, fact_id: Id) -> ChangeShown:
    """The fact was wrong altogether: what held before it went on; what was known before stays readable."""
    return _shown([editing.withdraw_fact(_fact(account_of(request, id), fact_id), request.member)])[0]


@router.get("/field-changes", response=Page[ChangeShown], summary="List one's own changes of fields")
@needs(Area.ACCOUNTS, Access.READ, Permission.EDIT_FIELDS)
def list_field_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member changed, the latest first: each can be undone as a whole."""
    return page_of(_own(request), asked, _shown, by="-recorded_at")


@router.post("/field-changes", response={200: ChangeShown, 201: ChangeShown}, summary="Change fields of many customers")
@needs(*WRITES)
def create_field_change(request: ApiRequest, body: ManyChanged) -> Status[ChangeShown]:
    """The same values for each of them, as one change that is undone as a whole; all of them or none."""
    accounts = all_of(accounts_for(request.member).order_by("pk"), body.account_ids)
    done = editing.set_fields(accounts, body.fields, request.member, valid_from=body.valid_from)
    if done is None:
        return Status(200, ChangeShown(id=None, kind=editing.SET.name, at=None, fields=[], accounts=0))
    return Status(201, _shown([done])[0])


@router.post("/field-changes/{id}/undoing", response=ChangeShown, summary="Undo a change of fields")
@needs(*WRITES)
def undo_field_change(request: ApiRequest, id: Id) -> ChangeShown:
    """Takes back what it wrote, but for what was changed again since. Answers with the change that does so."""
    change = one(_own(request).filter(pk=id))
    check_sees_all_of(change, request.member)
    return _shown([undo(change, request.member)])[0]


def _own(request: ApiRequest) -> QuerySet[Activity]:
    return Activity.objects.filter(actor=request.member, verb__in=_VERBS)


def _fact(account: Account, key: int) -> Fact:
    return one(Fact.objects.filter(pk=key, account=account, withdrawal=False))


def _shown(changes: list[Activity]) -> list[ChangeShown]:
    found = AccountActivity.objects.filter(activity__in=changes)
    counts = dict(found.values_list("activity_id").annotate(Count("pk")))
    of_one = dict(found.filter(activity__verb__in=_OF_ONE).values_list("activity_id", "detail"))
    return [
        ChangeShown(
            id=change.pk,
            kind=change.verb,
            at=change.recorded_at,
            fields=[str(each["key"]) for each in {**change.detail, **of_one.get(change.pk, {})}.get("changes", ())],
            accounts=counts.get(change.pk, 0),
        )
        for change in changes
    ]
