"""Every sync: how it is, when it ran, when it runs next."""

from collections.abc import Iterator

from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.imports.kinds.all import KINDS
from tenure.integrations.access import syncs_for
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.runs import settle_all
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Column, Empty, Link, Row, Table, TableState
from tenure.web.sync.words import integration_title, schedule_words, sync_badge

COLUMNS = [
    Column("name", gettext_lazy("Sync")),
    Column("kind", gettext_lazy("Brings"), sort=False),
    Column("state", gettext_lazy("State"), sort=False),
    Column("last", gettext_lazy("Last run"), kind="moment", sort=False),
    Column("rows", gettext_lazy("Rows"), kind="number", sort=False),
    Column("new", gettext_lazy("New"), kind="number", sort=False),
    Column("changed", gettext_lazy("Changed"), kind="number", sort=False),
    Column("refused", gettext_lazy("Refused"), kind="number", sort=False),
    Column("schedule", gettext_lazy("When"), sort=False),
    Column("next", gettext_lazy("Next run"), kind="moment", sort=False),
]


@require_GET
@page(Permission.IMPORT)
def index(request: PageRequest) -> HttpResponse:
    """The syncs by name."""
    settle_all()
    state, found = _asked(request)
    empty = Empty(
        _("Nothing is synced yet"),
        _("Fetch customers, contacts or numbers from a CRM's database or a folder of files, as often as you like."),
        _("New sync"),
        reverse("sync:choose"),
        "refresh",
    )
    rows = list(_rows(found[state.offset : state.offset + state.limit]))
    export = export_url(request, SYNCS, state)
    table = Table(state, rows, found.count(), empty, export=export, search_hint=_("Search syncs"))
    return table.respond(request, "web/sync/list.html")


def every_sync(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    return Listed(state, found.count(), _rows(found))


SYNCS = register(Listing("syncs", gettext_lazy("Sync"), Permission.IMPORT, "sync:list", every_sync))


def _asked(request: PageRequest) -> tuple[TableState, QuerySet[Sync]]:
    state = TableState.read(request, "syncs", COLUMNS, sort="name")
    found = syncs_for(request.member)
    if state.search:
        found = found.filter(name__icontains=state.search)
    return state, found.order_by("-name" if state.descending else "name")


def _rows(syncs: QuerySet[Sync]) -> Iterator[Row]:
    latest = SyncRun.objects.values("sync").annotate(last=Max("pk")).values("last")
    runs = {run.sync_id: run for run in SyncRun.objects.filter(pk__in=latest)}
    for sync in syncs:
        yield _row(sync, runs.get(sync.pk))


def _row(sync: Sync, last: SyncRun | None) -> Row:
    href = reverse("sync:one", args=[sync.pk])
    kind = KINDS.get(sync.kind)
    counts = {name: getattr(last, name) if last else None for name in ("rows", "new", "changed", "refused")}
    return Row(
        {
            "name": Link(sync.name, href, sub=integration_title(sync)),
            "kind": kind.title if kind else sync.kind,
            "state": sync_badge(sync, last),
            "last": last.started_at if last else None,
            **counts,
            "schedule": schedule_words(sync),
            "next": sync.next_at if sync.enabled else None,
        },
        href=href,
    )
