"""Users: listing and reading them, and who counts. What is known of them comes with events and by imports."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from tenure.accounts.access import users_for, visible_account_ids
from tenure.accounts.exclusion import exclude_users, include_users
from tenure.accounts.merging.members import members_of, survivor_of
from tenure.accounts.models import Identity, User, UserLink
from tenure.api.asked import Id, Text
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission
from tenure.warehouse.current import store

router = Router(tags=["Users"])
WRITES = (Area.USERS, Access.WRITE, Permission.EXCLUDE_USERS)


class UserShown(Schema):
    """A person who uses the product. `ids` are those senders know them by; `counted` false: left out of every count."""

    id: int
    ids: list[str]
    name: str
    email: str
    traits: dict[str, Any]
    account_ids: list[int]
    counted: bool
    created_at: datetime


class Listed(Paged):
    account: Annotated[Id | None, Field(description="Only users of this customer.")] = None
    external_id: Annotated[Text, Field(max_length=300, description="Only the user known by this id.")] = ""


@router.get("/users", response=Page[UserShown], summary="List users")
@needs(Area.USERS)
def list_users(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The users of the customers in sight, those known longest first."""
    found = users_for(request.member)
    if asked.account is not None:
        linked = UserLink.objects.filter(account__in=members_of(account_of(request, asked.account).pk))
        found = found.filter(pk__in=linked.values("user"))
    if asked.external_id:
        found = found.filter(pk__in=Identity.objects.filter(external_id=asked.external_id).values("user"))
    return page_of(found, asked, lambda rows: show_users(rows, request.member))


@router.get("/users/{id}", response=UserShown, summary="Read a user")
@needs(Area.USERS, single=True)
def get_user(request: ApiRequest, id: Id) -> UserShown:
    """One user."""
    return show_users([_user(request, id)], request.member)[0]


@router.put("/users/{id}/exclusion", response=UserShown, summary="Leave a user out of every count")
@needs(*WRITES)
def exclude_user(request: ApiRequest, id: Id) -> UserShown:
    """Staff, test people, service accounts: for all days, which are computed again."""
    user = _user(request, id)
    exclude_users([user], request.member, store())
    return show_users([user], request.member)[0]


@router.delete("/users/{id}/exclusion", response=UserShown, summary="Count a user again")
@needs(*WRITES)
def include_user(request: ApiRequest, id: Id) -> UserShown:
    """For all days, which are computed again."""
    user = _user(request, id)
    include_users([user], request.member, store())
    return show_users([user], request.member)[0]


def _user(request: ApiRequest, key: int) -> User:
    return one(users_for(request.member).filter(pk=key))


def show_users(users: Sequence[User], member: Member) -> list[UserShown]:
    """The users with their ids, and the customers in sight they belong or belonged to."""
    ids, accounts = defaultdict(list), defaultdict(set)
    known = Identity.objects.filter(user__in=users).order_by("anonymous", "pk")
    for user_id, external_id in known.values_list("user_id", "external_id"):
        ids[user_id].append(external_id)
    visible = visible_account_ids(member)
    for user_id, account_id in UserLink.objects.filter(user__in=users).values_list("user_id", "account_id"):
        living = survivor_of(account_id)
        if visible is None or living in visible:
            accounts[user_id].add(living)
    return [
        UserShown(
            id=user.pk,
            ids=ids[user.pk],
            name=user.name,
            email=user.email,
            traits=user.traits,
            account_ids=sorted(accounts[user.pk]),
            counted=user.excluded_at is None,
            created_at=user.created_at,
        )
        for user in users
    ]
