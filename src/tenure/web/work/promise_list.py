"""Which promises an address asks for, and all of them as a list that can be taken away."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.people.scope import colleagues
from tenure.ui.listing import Listed, Listing, register
from tenure.ui.page import PageRequest
from tenure.ui.table import Column, Row, TableState
from tenure.ui.text import Text
from tenure.work.access import next_steps_for
from tenure.work.models import NextStep

WHOSE: dict[str, Text] = {"": _("Mine"), "team": _("My team's"), "all": _("All")}
KEPT_DAYS = 14  # how long what was done is still shown
COLUMNS = [
    Column("what", _("Promise"), sort=False),
    Column("customer", _("Customer"), sort=False),
    Column("customer_id", _("Customer id"), sort=False),
    Column("due", _("Due"), "day", sort=False),
    Column("owner", _("Owner"), sort=False),
    Column("promised", _("Promised"), "moment", sort=False),
    Column("done", _("Done"), "moment", sort=False),
    Column("done_by", _("Done by"), sort=False),
]


def asked_for(request: PageRequest) -> QuerySet[NextStep]:
    """Those of `?whose=`, by the day they are due; with `?kept=1` those done lately. 404 for nobody known."""
    whose = request.GET.get("whose", "")
    if whose not in WHOSE:
        raise Http404
    steps = of(whose, request.member, next_steps_for(request.member)).select_related("account", "owner", "done_by")
    return _kept(steps, request.work_day) if "kept" in request.GET else steps.filter(done_at=None).order_by("due", "pk")


def of(whose: str, member: Member, steps: QuerySet[NextStep]) -> QuerySet[NextStep]:
    """Those of the member, of their team, or all."""
    if whose == "":
        return steps.filter(owner=member)
    team = colleagues(member) if whose == "team" else None
    return steps if team is None else steps.filter(owner__in=team)


def every_promise(request: PageRequest) -> Listed:
    """All that the address asks for."""
    found = asked_for(request)
    rows = (Row(_cells(each)) for each in found.iterator(chunk_size=500))
    return Listed(state(request), found.count(), rows)


PROMISES = register(Listing("promises", _("Promises"), Permission.SEE_ACCOUNTS, "work:promises", every_promise))


def state(request: PageRequest) -> TableState:
    """The table of the file."""
    return TableState.read(request, "promises", COLUMNS, sort="")


def _kept(steps: QuerySet[NextStep], day: date) -> QuerySet[NextStep]:
    return steps.filter(done_at__date__gte=day - timedelta(days=KEPT_DAYS)).order_by("-done_at", "-pk")


def _cells(step: NextStep) -> Mapping[str, object]:
    return {
        "what": step.what,
        "customer": str(step.account),
        "customer_id": step.account.external_id,
        "due": step.due,
        "owner": str(step.owner) if step.owner else None,
        "promised": step.created_at,
        "done": step.done_at,
        "done_by": str(step.done_by) if step.done_by else None,
    }
