"""Who has a tag: reading it, now and on a day, its history, putting the tag on customers and taking it off."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django.conf import settings
from ninja import Query, Router

from tenure.accounts.access import accounts_for
from tenure.accounts.as_of import end_of_day
from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.api.accounts.shown import AccountShown, show_accounts
from tenure.api.asked import Word
from tenure.api.found import all_of
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.segments.routes import OnDay
from tenure.api.tags.routes import tag_of
from tenure.api.tags.shown import Customers, CustomersChanged, TagTurns, show_changed, show_turn
from tenure.lib import clock
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission
from tenure.segments.tags.history import ever_tagged, history, holders
from tenure.segments.tags.putting import put_on, take_off

router = Router(tags=["Tags"])
WRITES = (Area.ACCOUNTS, Access.WRITE, Permission.EDIT_FIELDS)


class Verb(Protocol):
    def __call__(self, accounts: Collection[Account], values: Sequence[str], *, actor: Member) -> Activity | None: ...


@router.get("/tags/{path:value}/accounts", response=Page[AccountShown], summary="List the customers with a tag")
@needs(Area.ACCOUNTS)
def list_tag_accounts(request: ApiRequest, value: Word, asked: Query[OnDay]) -> dict[str, Any]:
    """The customers in sight that have it now, or had it at the end of a day; fields as they are now."""
    moment = end_of_day(asked.day, settings.CONFIG.zone) if asked.day else clock.now()
    found = accounts_for(request.member).filter(pk__any_of=holders(tag_of(value).value, moment))
    return page_of(found, asked, lambda rows: show_accounts(rows, request.member))


@router.post("/tags/{path:value}/accounts", response=CustomersChanged, summary="Put a tag on customers")
@needs(*WRITES)
def put_tag_on(request: ApiRequest, value: Word, body: Customers) -> CustomersChanged:
    """On all of them or, when one is out of sight, on none. A tag with a rule is put on by its rule alone."""
    return _change(request, value, body, put_on)


@router.post("/tags/{path:value}/removal", response=CustomersChanged, summary="Take a tag off customers")
@needs(*WRITES)
def take_tag_off(request: ApiRequest, value: Word, body: Customers) -> CustomersChanged:
    """Off all of them or, when one is out of sight, off none."""
    return _change(request, value, body, take_off)


@router.get("/tags/{path:value}/history", response=Page[TagTurns], summary="Read who had a tag when")
@needs(Area.ACCOUNTS)
def list_tag_history(request: ApiRequest, value: Word, asked: Query[Paged]) -> dict[str, Any]:
    """The customers in sight that have it or had it, those known longest first, each with its times."""
    tag = tag_of(value).value

    def show(rows: list[Account]) -> list[TagTurns]:
        found = history(tag, [each.pk for each in rows])
        return [TagTurns(account_id=key, turns=[show_turn(each) for each in turns]) for key, turns in found.items()]

    return page_of(ever_tagged(tag, request.member), asked, show)


def _change(request: ApiRequest, value: str, body: Customers, verb: Verb) -> CustomersChanged:
    accounts = all_of(accounts_for(request.member), body.account_ids)
    return show_changed(verb(accounts, [tag_of(value).value], actor=request.member))
