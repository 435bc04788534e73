"""Reading what other systems keep about a customer, as files and syncs brought it."""

from datetime import date, datetime
from typing import Any

from ninja import Query, Router, Schema

from tenure.accounts.merging.members import members_of
from tenure.api.asked import Id
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Area
from tenure.records.access import records_of
from tenure.records.models import Opportunity, Record, SurveyAnswer, Ticket

router = Router(tags=["Records of other systems"])


class RecordShown(Schema):
    """`key` is its id in the other system; `at` is when it began; `more` what there is no key for here."""

    id: int
    account_id: int
    key: str
    at: datetime | None
    source: str
    recorded_at: datetime
    more: dict[str, Any]


class TicketShown(RecordShown):
    """`closed_at` null: still open. `satisfaction` is on the scale of the desk."""

    closed_at: datetime | None
    subject: str
    status: str
    priority: str
    requester: str
    first_response_minutes: float | None
    satisfaction: float | None


class AnswerShown(RecordShown):
    """An answer to a survey; `score` is on its scale."""

    survey: str
    score: float
    comment: str
    person: str


class OpportunityShown(RecordShown):
    """A sale that is hoped for, won or lost; `value` is in the currency of the CRM."""

    closed_on: date | None
    name: str
    stage: str
    product: str
    owner: str
    value: float | None


@router.get("/accounts/{id}/tickets", response=Page[TicketShown], summary="List the tickets of a customer")
@needs(Area.ACCOUNTS)
def list_tickets(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """As they were told last, those known longest first."""
    found = records_of(members_of(account_of(request, id).pk), Ticket)
    return page_of(found, asked, lambda rows: [TicketShown(**_values(each)) for each in rows])


@router.get("/accounts/{id}/survey-answers", response=Page[AnswerShown], summary="List a customer's survey answers")
@needs(Area.ACCOUNTS)
def list_survey_answers(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """As they were told last, those known longest first."""
    found = records_of(members_of(account_of(request, id).pk), SurveyAnswer)
    return page_of(found, asked, lambda rows: [AnswerShown(**_values(each)) for each in rows])


@router.get("/accounts/{id}/opportunities", response=Page[OpportunityShown], summary="List a customer's opportunities")
@needs(Area.ACCOUNTS)
def list_opportunities(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """As they were told last, those known longest first."""
    found = records_of(members_of(account_of(request, id).pk), Opportunity)
    return page_of(found, asked, lambda rows: [OpportunityShown(**_values(each)) for each in rows])


def _values(row: Record) -> dict[str, Any]:
    """All that it says; of one that was merged, too, under its own customer."""
    names = ("account_id", "key", "source", "recorded_at", "more", *row.SAYS)
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}
