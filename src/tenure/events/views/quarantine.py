"""Quarantine: what was refused, why, and the raw item."""

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.events.access import quarantine_for
from tenure.events.details import tell
from tenure.events.models import QuarantinedItem
from tenure.events.reasons import Reason, explain
from tenure.lib.ordering import by
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Chip, Column, Empty, Link, Row, Table, TableState

COLUMNS = [
    Column("received", gettext_lazy("Received"), kind="moment"),
    Column("reason", gettext_lazy("Reason")),
    Column("detail", gettext_lazy("What was wrong"), sort=False),
    Column("source", gettext_lazy("Source")),
    Column("format", gettext_lazy("Format"), shown=False),
    Column("raw", gettext_lazy("Refused item"), sort=False),
]
_ORDER = {"received": "received_at", "reason": "reason", "source": "source__name", "format": "wire_format"}


@require_GET
@page(Permission.SEE_QUARANTINE)
def index(request: PageRequest) -> HttpResponseBase:
    """Refused items, latest first, with how many there are of each reason."""
    state, found = _asked(request)
    counts = dict(found.order_by().values_list("reason").annotate(Count("id")))
    reason = request.GET.get("reason", "")
    found = _ordered(found, state, reason)
    rows = [_row(item) for item in found[state.offset : state.offset + state.limit]]
    empty = Empty(
        _("Nothing was refused"), _("Items that cannot be read are kept here with the reason."), icon="circle-check"
    )
    chips = [Chip(_("All"), sum(counts.values()), state.url(reason=None), active=not reason)] if counts else []
    chips += [
        Chip(explain(Reason(key)), count, state.url(reason=None if reason == key else key), active=reason == key)
        for key, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]
    table = Table(state, rows, found.count(), empty, export=export_url(request, QUARANTINE, state), chips=chips)
    return table.respond(request, "events/quarantine.html")


def every_refusal(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    found = _ordered(found, state, request.GET.get("reason", ""))
    return Listed(state, found.count(), map(_row, found.iterator()))


QUARANTINE = register(
    Listing("quarantine", gettext_lazy("Quarantine"), Permission.SEE_QUARANTINE, "events:quarantine", every_refusal)
)


@require_GET
@page(Permission.SEE_QUARANTINE)
def detail(request: PageRequest, item_id: int) -> HttpResponse:
    """One refused item, whole as far as it was kept."""
    item = get_object_or_404(quarantine_for(request.member).select_related("source"), pk=item_id)
    context = {"item": item, "explained": explain(Reason(item.reason)), "told": tell(item.detail)}
    return render(request, "events/quarantined_drawer.html" if request.htmx else "events/quarantined.html", context)


def _asked(request: PageRequest) -> tuple[TableState, QuerySet[QuarantinedItem]]:
    """What is searched for, of whatever reason."""
    state = TableState.read(request, "quarantine", COLUMNS, sort="received", descending=True)
    found = quarantine_for(request.member).select_related("source")
    if state.search:
        found = found.filter(detail__icontains=state.search) | found.filter(raw__icontains=state.search)
    return state, found


def _ordered(found: QuerySet[QuarantinedItem], state: TableState, reason: str) -> QuerySet[QuarantinedItem]:
    if reason:
        found = found.filter(reason=reason)
    return found.order_by(by(QuarantinedItem, _ORDER[state.sort], descending=state.descending), "-id")


def _row(item: QuarantinedItem) -> Row:
    href = reverse("events:quarantined", args=[item.pk])
    return Row(
        {
            "received": item.received_at,
            "reason": explain(Reason(item.reason)),
            "detail": tell(item.detail),
            "source": item.source.name if item.source else None,
            "format": item.wire_format,
            "raw": Link(item.raw[:80] or _("(empty)"), href, drawer=True),
        },
        href=href,
        drawer=href,
    )
