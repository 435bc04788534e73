"""One segment: whom it means, how many there were over time, who entered and left, and what it shares with another."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.core.conditions.tree import Node
from tenure.core.document import BadDocument
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.segments.access import changeable_segments, segments_for, segments_in_use
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.models import Segment
from tenure.segments.reading import read_text
from tenure.segments.sentence import sentence
from tenure.ui.chart import Chart, Series
from tenure.ui.page import PageRequest, page
from tenure.web.cards.moments import looking
from tenure.web.customers.condition import SEGMENT
from tenure.web.customers.filters import kept, read_filter
from tenure.web.customers.list import customers_table
from tenure.web.segments.asked import year_of
from tenure.web.segments.crossings import crossings
from tenure.web.segments.editor import compact
from tenure.web.segments.moved import moved, overlap, since_day
from tenure.web.segments.problems import problem_words


@require_GET
@page(Permission.SEE_ACCOUNTS)
def detail(request: PageRequest, pk: int) -> HttpResponseBase:
    """The whole; sorting and searching the customers in it asks for their table alone."""
    segment = get_object_or_404(segments_for(request.member), pk=pk)
    catalogue = read_catalogue()
    try:
        node = read_text(compact(segment.condition), catalogue.fields)
    except BadDocument as error:
        return _unusable(request, segment, problem_words(error))
    asked = read_filter(request, segment)
    query = request.GET.copy()
    query[SEGMENT] = str(pk)
    suffix = kept(query)
    table = customers_table(request, asked, suffix)
    if table.is_asked_alone(request):
        return table.respond(request, "")
    return render(request, "web/segments/segment.html", {"table": table, **_shown(request, segment, node, catalogue)})


def _shown(request: PageRequest, segment: Segment, node: Node, catalogue: Catalogue) -> dict[str, Any]:
    asking = asking_of(request.member, catalogue)
    year = year_of(node, asking, request.day)
    since = since_day(request.GET.get("since", ""), request.day)
    title = _("How many customers are in it?")
    note = _("Of the customers you may see, at the end of each day.")
    return {
        "segment": segment,
        "may_change": changeable_segments(request.member).filter(pk=segment.pk).exists(),
        "sentence": sentence(node, catalogue),
        "year": year,
        "chart": Chart(title, [Series(_("Customers"), year.days, kind="area")], low=0, note=note, height=200),
        "moved": moved(node, asking, since, request.day, request.member),
        "crossings": crossings(segment, request.member, looking(request).as_of),
        **_compared(request, segment, node, catalogue),
    }


def _compared(request: PageRequest, segment: Segment, node: Node, catalogue: Catalogue) -> dict[str, Any]:
    """The other segment that the address names, and what they share."""
    others = segments_in_use(request.member).exclude(pk=segment.pk)
    other = segments_for(request.member).filter(pk=whole(request.GET.get("with", "")) or 0).first()
    if other is None:
        return {"others": others}
    try:
        second = read_text(compact(other.condition), catalogue.fields)
    except BadDocument as error:
        return {"others": others, "other": other, "overlap_problem": problem_words(error)}
    asking = asking_of(request.member, catalogue)
    found = overlap(node, second, asking, request.day, _day(request))
    return {"others": others, "other": other, "overlap": found}


def _unusable(request: PageRequest, segment: Segment, problem: str) -> HttpResponse:
    may_change = changeable_segments(request.member).filter(pk=segment.pk).exists()
    return render(
        request, "web/segments/segment.html", {"segment": segment, "may_change": may_change, "problem": problem}
    )


def _day(request: PageRequest) -> dict[str, str]:
    return {"day": str(request.day)} if request.GET.get("day") else {}
