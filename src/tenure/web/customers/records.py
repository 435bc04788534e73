"""What other systems keep about a customer, on its page: tickets, survey answers, opportunities."""

from datetime import datetime, time, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.merging.members import members_of
from tenure.people.permissions import Permission, allows
from tenure.records.access import records_of
from tenure.records.models import Opportunity, Record, SurveyAnswer, Ticket
from tenure.timeline.recorded import nps_tone
from tenure.ui.page import PageRequest, page
from tenure.web.customers.parts import account_of

SHOWN = 10  # of each; the timeline has them all
Of = TypeVar("Of", bound=Record)


@page(Permission.SEE_ACCOUNTS)
def records_part(request: PageRequest, pk: int) -> HttpResponse:
    """The latest of each as of the day; what another system said since of an older one is shown as it is now."""
    account = account_of(request, pk)
    end = datetime.combine(request.day + timedelta(days=1), time(), settings.CONFIG.zone)
    tickets = _until(end, pk, Ticket)
    answers = _until(end, pk, SurveyAnswer)
    opportunities = _until(end, pk, Opportunity)
    open_tickets = tickets.filter(Q(closed_at=None) | Q(closed_at__gte=end))
    shown = {
        "account": account,
        "end": end,
        "day": request.day,
        "tickets": tickets[:SHOWN],
        "ticket_count": tickets.count(),
        "open_count": open_tickets.count(),
        "answers": [(each, nps_tone(each)) for each in answers[:SHOWN]],
        "answer_count": answers.count(),
        "opportunities": opportunities[:SHOWN],
        "opportunity_count": opportunities.count(),
        "most": SHOWN,
        "may_import": allows(request.member, Permission.IMPORT),
    }
    return render(request, "web/customers/records.html", shown)


def _until(end: datetime, pk: int, model: type[Of]) -> QuerySet[Of]:
    """Latest first; what has no day comes last."""
    own = records_of(members_of(pk), model)
    return own.filter(Q(at__lt=end) | Q(at=None)).order_by(F("at").desc(nulls_last=True), "-pk")
