"""The customer page: everything above the fold at once; the other parts ask for themselves when it is there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.models import Account
from tenure.health.definitions import definitions_by_id
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.web.arranging.place import above
from tenure.web.arranging.survivor import survivor_page
from tenure.web.customers.charts import RANGES, health_chart, shown_days
from tenure.web.customers.columns import LAST_SEEN
from tenure.web.customers.figures import figures, score_change
from tenure.web.customers.filters import kept
from tenure.web.customers.health_parts import AGAINST_DAYS, against_day, health_parts
from tenure.web.customers.history import History, read_history
from tenure.web.customers.in_charge import in_charge
from tenure.web.customers.key_facts import header_known, key_facts
from tenure.web.customers.last_seen import last_seen
from tenure.web.customers.neighbours import neighbours
from tenure.web.customers.parts import account_of
from tenure.web.customers.sections import SECTIONS
from tenure.web.tags.shown import tags_at


@page(Permission.SEE_ACCOUNTS)
def customer_page(request: PageRequest, pk: int) -> HttpResponse:
    if merged := survivor_page(request, pk):
        return merged
    account = account_of(request, pk)
    metrics = metrics_in_use()
    history = read_history(store(), pk, metrics, request.day)
    shown = {
        **header(request, account, history, metrics),
        **_health(request, history, metrics),
        "neighbours": neighbours(store(), request, pk),
        "above": above(request, account),
        "sections": SECTIONS,
    }
    return render(request, "web/customers/page.html", shown)


def header(request: PageRequest, account: Account, history: History, metrics: Mapping[str, Metric]) -> dict[str, Any]:
    """What the page and the drawer begin with."""
    known = header_known(request, account)
    return {
        "account": account,
        "day": request.day,
        "history": history,
        "figures": figures(history, metrics),
        "score_change": score_change(history),
        "last_seen": last_seen(history.value(LAST_SEEN), request.day),
        "kept": kept(request.GET),
        "key_facts": key_facts(request, known),
        "in_charge": in_charge(request, account),
        "tags": tags_at(request, known),
    }


def _health(request: PageRequest, history: History, metrics: Mapping[str, Metric]) -> dict[str, Any]:
    definitions = definitions_by_id()
    versions = {pk: definition.version for pk, definition in definitions.items()}
    against = against_day(request.GET.get("against", ""), request.day)
    days = shown_days(request.GET.get("range", ""))
    return {
        "health": health_parts(history, metrics, definitions, against),
        "health_chart": health_chart(history, versions, days, request.GET),
        "against": against,
        "against_days": [(days, days == (request.day - against).days) for days in AGAINST_DAYS],
        "ranges": [(each, each == days) for each in RANGES],
    }
