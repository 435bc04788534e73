"""Customers: listing, reading, adding and changing them, and what was recorded of them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from ninja import Query, Router, Status
from pydantic import Field

from tenure.accounts.access import accounts_for
from tenure.accounts.adding import add_account
from tenure.accounts.as_of import end_of_day
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.hierarchy import children, set_parent
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Fact
from tenure.api.accounts.shown import AccountShown, FactShown, show_account, show_accounts, show_fact
from tenure.api.asked import Body, Day, Id, Moment, Text, Word
from tenure.api.etags import check_match
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import Within, account_of, meant
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Customers"])
Values = Annotated[dict[Word, Any], Field(max_length=200, description="Values by the key of the field.")]


class Listed(Within):
    external_id: Annotated[Text, Field(max_length=200, description="Only the customer of this id.")] = ""
    search: Annotated[Text, Field(max_length=200, description="Part of a name or an id.")] = ""
    parent: Annotated[Id | None, Field(description="Only customers right below this one.")] = None


class AccountAdded(Body):
    external_id: Annotated[Word, Field(description="The id that events and files name it by.")]
    name: Annotated[Text, Field(max_length=300)] = ""
    fields: Values = {}


class AccountChanged(Body):
    fields: Values
    valid_from: Annotated[Moment | None, Field(description="Since when the values hold; now when left out.")] = None


class AccountPlaced(Body):
    parent_id: Annotated[Id | None, Field(description="The customer above it; null: none.")]


class OfField(Paged):
    field: Annotated[Text, Field(max_length=200, description="Only facts of this field.")] = ""
    known_day: Annotated[Day | None, Field(description="Only facts recorded until the end of this day.")] = None


@router.get("/accounts", response=Page[AccountShown], summary="List customers")
@needs(Area.ACCOUNTS)
def list_accounts(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The customers in sight, those known longest first: all of them, or those a segment or a condition means."""
    found, inside = accounts_for(request.member), meant(request, asked)
    if inside is not None:
        found = found.filter(pk__any_of=inside)
    if asked.external_id:
        found = found.filter(external_id=asked.external_id)
    if asked.search:
        found = found.filter(Q(name__icontains=asked.search) | Q(external_id__icontains=asked.search))
    if asked.parent is not None:
        below = children(account_of(request, asked.parent).pk)
        found = found.filter(pk__any_of=[each.pk for each in below])
    return page_of(found, asked, lambda rows: show_accounts(rows, request.member))


@router.post("/accounts", response={201: AccountShown}, summary="Add a customer")
@needs(Area.ACCOUNTS, Access.WRITE, Permission.IMPORT, single=True)
def create_account(request: ApiRequest, body: AccountAdded) -> Status[AccountShown]:
    """A customer that no event and no file has named yet."""
    account = add_account(body.external_id, body.name, body.fields, actor=request.member)
    return Status(201, show_account(account, request.member))


@router.get("/accounts/{id}", response=AccountShown, summary="Read a customer")
@needs(Area.ACCOUNTS, single=True)
def get_account(request: ApiRequest, id: Id, day: Day | None = None, known_day: Day | None = None) -> AccountShown:
    """The customer as it is now, or as its fields were at the end of `day`; `known_day`: as was known at its end."""
    account = account_of(request, id)
    return show_account(account, request.member, _end(day), _end(known_day))


@router.patch("/accounts/{id}", response=AccountShown, summary="Change fields of a customer")
@needs(Area.ACCOUNTS, Access.WRITE, Permission.EDIT_FIELDS, single=True)
def update_account(request: ApiRequest, id: Id, body: AccountChanged) -> AccountShown:
    """Writes the fields that are sent; null empties one. Fields that another system owns are changed there."""
    account = account_of(request, id)
    check_match(request, show_account(account, request.member))
    set_fields([account], body.fields, request.member, valid_from=body.valid_from)
    account.refresh_from_db()
    return show_account(account, request.member)


@router.put("/accounts/{id}/parent", response=AccountShown, summary="Put a customer under another one")
@needs(Area.ACCOUNTS, Access.WRITE, Permission.ARRANGE_ACCOUNTS, single=True)
def place_account(request: ApiRequest, id: Id, body: AccountPlaced) -> AccountShown:
    """A company under its group, a business line under its company; null takes it out."""
    account = account_of(request, id)
    set_parent(account, account_of(request, body.parent_id) if body.parent_id else None, request.member)
    account.refresh_from_db()
    return show_account(account, request.member)


@router.get("/accounts/{id}/facts", response=Page[FactShown], summary="Read what was recorded of a customer")
@needs(Area.ACCOUNTS)
def list_facts(request: ApiRequest, id: Id, asked: Query[OfField]) -> dict[str, Any]:
    """Every value ever recorded, latest recorded first, corrected ones too."""
    found = Fact.objects.filter(account__in=members_of(account_of(request, id).pk))
    if asked.field:
        found = found.filter(field=asked.field)
    if asked.known_day is not None:
        found = found.filter(recorded_at__lte=_end(asked.known_day))
    return page_of(found, asked, lambda rows: [show_fact(each) for each in rows], by="-recorded_at")


def _end(day: date | None) -> datetime | None:
    return end_of_day(day, settings.CONFIG.zone) if day else None
