"""The segments a member sees, with how many customers each means and how that moved."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.core.document import BadDocument
from tenure.lib.ordering import by
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.segments.access import segments_for
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.models import Segment, Sharing
from tenure.segments.reading import read_text
from tenure.segments.sentence import sentence
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState
from tenure.warehouse.current import store
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.segments.asked import numbered_days, year_of
from tenure.web.segments.editor import compact
from tenure.web.segments.problems import problem_words

IN_USE = "in_use"
PAGE_SIZE = 20  # each row asks for a year
LONGEST_SENTENCE = 160
COLUMNS = [
    Column("name", gettext_lazy("Segment")),
    Column("count", gettext_lazy("Customers"), "number", sort=False, help=gettext_lazy("Of those you may see.")),
    Column("trend", gettext_lazy("Last year"), "spark", sort=False, scale=(0, 0)),
    Column("what", gettext_lazy("Who is meant"), "words", sort=False),
    Column("owner", gettext_lazy("Owner")),
    Column("sharing", gettext_lazy("Seen by")),
    Column("changed", gettext_lazy("Changed"), kind="moment"),
]
_ORDER = {"name": "name", "owner": "owner__name", "sharing": "sharing", "changed": "changed_at"}


@require_GET
@page(Permission.SEE_ACCOUNTS)
def index(request: PageRequest) -> HttpResponse:
    """Segments by name; a chip shows those archived."""
    groups = _groups(request.member)
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in groups else IN_USE
    state, ordered = _asked_for(request, groups[wanted])
    seen = segments_for(request.member)
    sizes = seen.aggregate(**{show: Count("pk", filter=those) for show, those in groups.items()})
    may_save = allows(request.member, Permission.SAVE_SEGMENTS)
    table = Table(
        state,
        list(_rows(request, ordered[state.offset : state.offset + state.limit])),
        ordered.count() if state.search else sizes[wanted],
        _empty(may_save=may_save),
        export=export_url(request, SEGMENTS, state),
        chips=_chips(state, sizes, wanted),
        search_hint=_("Search segments"),
    )
    return table.respond(request, "web/segments/list.html", {"may_save": may_save})


def every_segment(request: PageRequest) -> Listed:
    """All that the address asks for."""
    groups = _groups(request.member)
    state, ordered = _asked_for(request, groups.get(request.GET.get("show", ""), groups[IN_USE]))
    return Listed(state, ordered.count(), _rows(request, ordered.iterator()))


SEGMENTS = register(
    Listing("segments", gettext_lazy("Segments"), Permission.SEE_ACCOUNTS, "segments:list", every_segment)
)


def _asked_for(request: PageRequest, those: Q) -> tuple[TableState, QuerySet[Segment]]:
    state = TableState.read(request, "segments", COLUMNS, sort="name", page_size=PAGE_SIZE)
    found = segments_for(request.member).filter(those)
    found = found.filter(Q(name__icontains=state.search) | Q(description__icontains=state.search))
    return state, found.order_by(by(Segment, _ORDER[state.sort], descending=state.descending), "pk")


def _groups(member: Member) -> dict[str, Q]:
    in_use = Q(archived_at=None)
    return {IN_USE: in_use, "own": in_use & Q(owner=member), "archived": ~in_use}


def _chips(state: TableState, sizes: Mapping[str, int], wanted: str) -> list[Chip]:
    labels = {IN_USE: _("In use"), "own": _("My own"), "archived": _("Archived")}
    return [
        Chip(labels[show], size, state.url(show=None if show == IN_USE else show), active=show == wanted)
        for show, size in sizes.items()
    ]


def _rows(request: PageRequest, segments: Iterable[Segment]) -> Iterable[Row]:
    catalogue, numbered = read_catalogue(), numbered_days(store(), request.day)
    day = f"?day={request.day}" if request.GET.get("day") else ""
    for segment in segments:
        href = reverse("segments:segment", args=[segment.pk]) + day
        cells: dict[str, Any] = {
            "name": Link(segment.name, href, sub=segment.description[:LONGEST_SENTENCE]),
            "owner": str(segment.owner or "–"),
            "sharing": Badge(
                segment.get_sharing_display(), "unknown" if segment.sharing == Sharing.PRIVATE else "accent"
            ),
            "changed": segment.changed_at,
            **_asked(request, segment, catalogue, numbered),
        }
        yield Row(cells, href=href)


def _asked(request: PageRequest, segment: Segment, catalogue: Catalogue, numbered: Collection[date]) -> dict[str, Any]:
    try:
        node = read_text(compact(segment.condition), catalogue.fields)
    except BadDocument as error:
        return {"what": Badge(problem_words(error), "at-risk")}
    said = sentence(node, catalogue)
    what = said if len(said) <= LONGEST_SENTENCE else f"{said[: LONGEST_SENTENCE - 1]}…"
    try:
        year = year_of(node, asking_of(request.member, catalogue), request.day, numbered)
    except (WarehouseBusy, TooMuchData):
        return {"what": what}
    return {"what": what, "count": year.last[1], "trend": year.weekly}


def _empty(*, may_save: bool) -> Empty:
    return Empty(
        _("No segment here"),
        _("A segment is a condition with a name: customers that fall back, that renew soon, that nobody called."),
        _("New segment") if may_save else "",
        reverse("segments:create") if may_save else "",
        "circles",
    )
