"""The event catalogue: what arrives, how much, what it means, and which feature it belongs to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.events.access import event_types_for, features_for
from tenure.events.models import EventClass, EventType
from tenure.events.views.marking import catalogue_bulk
from tenure.people.permissions import Permission
from tenure.ui.chart import Chart, Series
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState
from tenure.warehouse.current import store
from tenure.warehouse.store import EventTotal

SPAN_DAYS = 30
COLUMNS = [
    Column("name", gettext_lazy("Event")),
    Column(
        "class", gettext_lazy("Behaviour"), help=gettext_lazy("Value events count as use; base and ignored do not.")
    ),
    Column("feature", gettext_lazy("Feature")),
    Column("recent", gettext_lazy("Last 30 days"), kind="compact"),
    Column("trend", gettext_lazy("By day"), kind="spark", sort=False, export=False),
    Column("total", gettext_lazy("In all"), kind="compact"),
    Column("last", gettext_lazy("Last seen"), kind="relative"),
    Column("first", gettext_lazy("First seen"), kind="day", shown=False),
    Column("kind", gettext_lazy("Kind of call"), shown=False),
]
NEVER = EventTotal(event_id=0, count=0, first_day=date.min, last_day=date.min)
RANKS = {"recent": "recent", "total": "count", "last": "last_day", "first": "first_day"}
Volumes = dict[int, dict[date, int]]
TONES = {EventClass.VALUE: "accent", EventClass.BASE: "unknown", EventClass.IGNORED: "unknown"}


@require_GET
@page(Permission.MANAGE_CATALOGUE)
def index(request: PageRequest) -> HttpResponseBase:
    """Every event name that arrived, with its volume."""
    state, ordered, totals = _asked(request)
    wanted = request.GET.get("class", "")
    table = Table(
        state,
        _rows(request, ordered[state.offset : state.offset + state.limit], totals),
        len(ordered),
        Empty(_("No event"), icon="list-check") if wanted else _nothing_yet(),
        export=export_url(request, EVENTS, state),
        chips=_chips(state, event_types_for(request.member), wanted),
        bulk=catalogue_bulk(request.member),
    )
    return table.respond(request, "events/catalogue.html")


def every_event(request: PageRequest) -> Listed:
    """All names that the address asks for."""
    state, ordered, totals = _asked(request)
    return Listed(state, len(ordered), _rows(request, ordered, totals))


EVENTS = register(
    Listing("events", gettext_lazy("Event catalogue"), Permission.MANAGE_CATALOGUE, "events:catalogue", every_event)
)


@require_GET
@page(Permission.MANAGE_CATALOGUE)
def detail(request: PageRequest, event_id: int) -> HttpResponse:
    """One event: volume by day, properties with types and samples, what it means."""
    event = get_object_or_404(event_types_for(request.member).select_related("feature", "marked_by"), pk=event_id)
    volume = _volumes(request.day, [event.pk]).get(event.pk, {})
    days = [request.day - timedelta(days=back) for back in range(SPAN_DAYS - 1, -1, -1)]
    points = [(day, float(volume.get(day, 0))) for day in days]
    context = {
        "event": event,
        "total": next((total for total in store().event_totals() if total.event_id == event.pk), None),
        "chart": Chart(_("Events a day, last 30 days"), [Series(event.name, points, "bar")], height=180),
        "properties": event.properties.order_by("name"),
        "classes": EventClass.choices[::-1],
        "features": features_for(request.member).order_by("name"),
        "next": (request.htmx and request.htmx.current_url_abs_path) or reverse("events:catalogue"),
    }
    template = "events/event_drawer.html" if request.htmx else "events/event.html"
    return render(request, template, context)


def _asked(request: PageRequest) -> tuple[TableState, list[int], dict[int, EventTotal]]:
    """The table, the keys of the events in its order, and how much arrived of each."""
    state = TableState.read(request, "catalogue", COLUMNS, sort="recent", descending=True)
    totals = {total.event_id: total for total in store().event_totals(_span(request.day))}
    found = event_types_for(request.member)
    wanted = request.GET.get("class", "")
    if wanted in map(str, EventClass.values):
        found = found.filter(event_class=int(wanted))
    if state.search:
        found = found.filter(name__icontains=state.search)
    return state, _ordered(found, totals, state), totals


def _rows(request: PageRequest, keys: Sequence[int], totals: Mapping[int, EventTotal]) -> list[Row]:
    events = event_types_for(request.member).select_related("feature").in_bulk(keys)
    volumes = _volumes(request.day, keys)
    return [_row(events[key], totals.get(key), volumes.get(key, {}), request.day) for key in keys if key in events]


def _nothing_yet() -> Empty:
    return Empty(
        _("No event has arrived yet"),
        _("Connect a source and send a first event; its name appears here by itself."),
        _("Connect a source"),
        reverse("events:sources"),
        "list-check",
    )


def _span(last: date) -> tuple[date, date]:
    return last - timedelta(days=SPAN_DAYS - 1), last


def _volumes(last: date, event_ids: Collection[int]) -> Volumes:
    volumes: Volumes = {}
    for event_id, day, count in store().event_volumes(*_span(last), event_ids):
        if event_id not in volumes:
            volumes[event_id] = {}
        volumes[event_id][day] = count
    return volumes


def _chips(state: TableState, found: QuerySet[EventType], wanted: str) -> list[Chip]:
    counts = dict(found.order_by().values_list("event_class").annotate(Count("id")))
    chips = [Chip(_("All"), sum(counts.values()), state.url(**{"class": None}), active=not wanted)]
    for code, label in reversed(EventClass.choices):
        active = wanted == str(code)
        chips.append(Chip(label, counts.get(code, 0), state.url(**{"class": None if active else code}), active=active))
    return chips


def _row(event: EventType, total: EventTotal | None, volume: dict[date, int], last: date) -> Row:
    href = reverse("events:event", args=[event.pk])
    trend = [volume.get(last - timedelta(days=back), 0) for back in range(SPAN_DAYS - 1, -1, -1)]
    return Row(
        {
            "name": Link(event.name, href, drawer=True),
            "class": Badge(EventClass(event.event_class).label, TONES[EventClass(event.event_class)]),
            "feature": event.feature.name if event.feature else None,
            "recent": total.recent if total else 0,
            "trend": trend,
            "total": total.count if total else 0,
            "last": total.last_day if total else None,
            "first": total.first_day if total else None,
            "kind": event.get_kind_display(),
        },
        href=href,
        drawer=href,
        key=str(event.pk),
    )


def _ordered(found: QuerySet[EventType], totals: dict[int, EventTotal], state: TableState) -> list[int]:
    """The events' keys in the table's order, empty values first. Rows are only made for those on the page."""
    keys = list(found.order_by("name").values_list("pk", flat=True))
    if state.sort in RANKS:
        ranks: dict[int, Any] = {key: getattr(totals.get(key, NEVER), RANKS[state.sort]) for key in keys}
    else:
        name = {"class": "event_class", "feature": "feature__name"}.get(state.sort, state.sort)
        ranks = {key: _folded(value) for key, value in found.values_list("pk", name)}
    return sorted(keys, key=ranks.__getitem__, reverse=state.descending)


def _folded(value: str | int | None) -> str | int:
    return value if isinstance(value, int) else (value or "").casefold()
