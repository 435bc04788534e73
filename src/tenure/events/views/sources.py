"""Sources: connect one, wait for its first event, rotate and revoke keys, say how its accounts are named."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.events import keys as key_cache
from tenure.events import sources
from tenure.events.access import sources_for
from tenure.events.models import Source
from tenure.events.snippets import snippets
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.ui.table import Badge, Column, Empty, Link, Row, Table, TableState

COLUMNS = [
    Column("name", gettext_lazy("Source")),
    Column("state", gettext_lazy("State"), sort=False),
    Column("keys", gettext_lazy("Keys in use"), kind="number", sort=False),
    Column("last_event", gettext_lazy("Last event"), kind="moment", sort=False),
    Column("created", gettext_lazy("Connected"), kind="moment", sort=False),
]


@require_GET
@page(Permission.MANAGE_SOURCES)
def index(request: PageRequest) -> HttpResponse:
    """Every source, those in use first."""
    state, found = _asked(request)
    rows = [_row(source) for source in found[state.offset : state.offset + state.limit]]
    empty = Empty(
        _("No source yet"),
        _("A source is a product that sends events. Connect one and point the SDK it already runs at Tenure."),
        icon="plug-connected",
    )
    table = Table(state, rows, found.count(), empty, export=export_url(request, SOURCES, state))
    return table.respond(request, "events/sources.html")


def every_source(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    return Listed(state, found.count(), map(_row, found))


SOURCES = register(
    Listing("sources", gettext_lazy("Sources"), Permission.MANAGE_SOURCES, "events:sources", every_source)
)


def _asked(request: PageRequest) -> tuple[TableState, QuerySet[Source]]:
    state = TableState.read(request, "sources", COLUMNS, sort="name")
    found = sources_for(request.member).filter(name__icontains=state.search).prefetch_related("keys")
    return state, found.order_by(F("archived_at").asc(nulls_first=True), "-name" if state.descending else "name")


@require_POST
@page(Permission.MANAGE_SOURCES)
def create(request: PageRequest) -> HttpResponse:
    """Makes a source with its first key and goes to wait for its first event."""
    with refusals_told(request):
        source = sources.create_source(request.POST.get("name", "").strip(), actor=request.member)
        return redirect("events:source", source.pk)
    return redirect("events:sources")


@require_GET
@page(Permission.MANAGE_SOURCES)
def detail(request: PageRequest, source_id: int) -> HttpResponse:
    """One source: its state, snippets, keys and how its accounts are named."""
    source = get_object_or_404(sources_for(request.member), pk=source_id)
    keys = list(source.keys.order_by(F("revoked_at").asc(nulls_first=True), "-created_at"))
    active = next((key for key in keys if key.revoked_at is None), None)
    url = (settings.CONFIG.base_url or request.build_absolute_uri("/")).rstrip("/")
    context = {
        "source": source,
        "latest": _latest(source),
        "keys": keys,
        "active_count": sum(key.revoked_at is None for key in keys),
        "snippets": snippets(url, active.key) if active else [],
        "url": url,
    }
    return render(request, "events/source.html", context)


@require_GET
@page(Permission.MANAGE_SOURCES)
def live(request: PageRequest, source_id: int) -> HttpResponse:
    """The part that turns from waiting to live, and then shows the latest events; asked for every few seconds."""
    source = get_object_or_404(sources_for(request.member), pk=source_id)
    return render(request, "events/source_live.html", {"source": source, "latest": _latest(source)})


def _latest(source: Source) -> list[dict[str, object]]:
    return [{**each, "at": datetime.fromisoformat(each["time"])} for each in source.latest]


@require_POST
@page(Permission.MANAGE_SOURCES)
def change(request: PageRequest, source_id: int, verb: str) -> HttpResponse:
    """Changes a source or one of its keys and goes back to its page."""
    source = get_object_or_404(sources_for(request.member), pk=source_id)
    with refusals_told(request):
        done = _change(request, source, verb)
        messages.success(request, done)
    return redirect("events:source", source.pk)


def _change(request: PageRequest, source: Source, verb: str) -> str:
    if verb == "rename":
        sources.rename(source, request.POST.get("name", "").strip(), actor=request.member)
        return _("Renamed.")
    if verb == "attribution":
        names = [name.strip() for name in request.POST.get("account_properties", "").split(",") if name.strip()]
        group_type = request.POST.get("group_type", "").strip()
        sources.set_attribution(source, names, group_type, actor=request.member)
        return _("Saved. Events that arrive from now on follow it.")
    if verb == "rotate":
        sources.rotate_key(source, actor=request.member)
        return _("A new key is ready. Revoke the old one when nothing uses it any more.")
    if verb == "revoke":
        key = get_object_or_404(source.keys, pk=whole(request.POST.get("key", "")))
        sources.revoke_key(key, actor=request.member)
        key_cache.forget()
        return _("Revoked. Events sent with this key are refused from now on.")
    if verb == "archive":
        sources.archive(source, actor=request.member)
        key_cache.forget()
        return _("Archived: its keys are revoked, its events stay.")
    raise Http404


def _row(source: Source) -> Row:
    href = f"/settings/sources/{source.pk}/"
    return Row(
        {
            "name": Link(source.name, href),
            "state": _state(source),
            "keys": sum(key.revoked_at is None for key in source.keys.all()),
            "last_event": source.last_event_at,
            "created": source.created_at,
        },
        href=href,
    )


def _state(source: Source) -> Badge:
    if source.archived_at:
        return Badge(_("Archived"))
    return Badge(_("Live"), "healthy") if source.first_event_at else Badge(_("Waiting for its first event"), "average")
