"""Reading the audit log, with its filters."""

from collections import defaultdict
from datetime import datetime
from typing import Annotated, Any, Final

from django.conf import settings
from ninja import Query, Router, Schema
from pydantic import Field

from tenure.activity.models import AccountActivity, Activity
from tenure.activity.reading import AuditQuery, find
from tenure.activity.telling import sentence
from tenure.api.asked import Day, Id, Text
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Audit log"])
MOST_ACCOUNTS: Final = 100


class EntryShown(Schema):
    """What was done. `says` is the sentence of the log; `at` is when it happened, `recorded_at` when it was written
    down; `account_ids` are the first 100 of the customers it concerns.
    """

    id: int
    verb: str
    says: str
    at: datetime
    recorded_at: datetime
    by: str
    member_id: int | None
    subject_kind: str
    subject_id: int | None
    subject_name: str
    account_ids: list[int]
    detail: dict[str, Any]
    text: str
    address: str


class Asked(Paged):
    member: Annotated[Id | None, Field(description="What this member did, and what was done to them.")] = None
    verb: Annotated[Text, Field(max_length=60, description="A verb, or what stands before its dot: member.")] = ""
    account: Annotated[Id | None, Field(description="Only what concerns this customer.")] = None
    first: Annotated[Day | None, Field(description="Recorded on this day or later.")] = None
    last: Annotated[Day | None, Field(description="Recorded on this day or before.")] = None
    search: Annotated[Text, Field(max_length=200, description="Part of who, of what, or of what was written.")] = ""


@router.get("/audit-log", response=Page[EntryShown], summary="Read the audit log")
@needs(Area.AUDIT, Access.READ, Permission.SEE_AUDIT)
def list_audit_log(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Every change, permission change, sign-in and export, the latest recorded first."""
    query = AuditQuery(
        zone=settings.CONFIG.zone,
        who=asked.member,
        verb=asked.verb.strip(),
        accounts=None if asked.account is None else [account_of(request, asked.account).pk],
        first=asked.first,
        last=asked.last,
        search=asked.search.strip(),
    )
    return page_of(find(query), asked, _shown, by="-recorded_at")


def _shown(activities: list[Activity]) -> list[EntryShown]:
    concerned: dict[int, list[int]] = defaultdict(list)
    particular: dict[int, dict[str, Any]] = {}
    rows = AccountActivity.objects.filter(activity__in=activities).order_by("account")
    for activity_id, account_id, detail in rows.values_list("activity_id", "account_id", "detail"):
        concerned[activity_id].append(account_id)
        particular[activity_id] = detail
    return [
        EntryShown(
            id=each.pk,
            verb=each.verb,
            says=sentence(each, particular[each.pk] if len(concerned[each.pk]) == 1 else None),
            at=each.at,
            recorded_at=each.recorded_at,
            by=each.by,
            member_id=each.actor_id,
            subject_kind=each.subject_kind,
            subject_id=each.subject_id,
            subject_name=each.subject_name,
            account_ids=concerned[each.pk][:MOST_ACCOUNTS],
            detail=each.detail,
            text=each.text,
            address=each.address,
        )
        for each in activities
    ]
