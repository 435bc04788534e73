"""A metric within a segment over the year: of those in it on each day, or of those in it now, over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.core.conditions.summary import Summary
from tenure.core.conditions.tree import EVERYONE, Node
from tenure.core.document import BadDocument
from tenure.core.metrics import MetricKind
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.people.permissions import Permission
from tenure.segments.access import segments_for
from tenure.segments.asking import Asking, asking_of
from tenure.segments.catalogue import read_catalogue
from tenure.segments.reading import read_text
from tenure.ui.chart import Chart, Series
from tenure.ui.page import PageRequest, page
from tenure.ui.text import Text
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.segments.asked import YEAR_DAYS
from tenure.web.segments.editor import compact
from tenure.web.segments.problems import problem_words

SCORE = "health_score"
FIRST = "active_users_28"  # what is shown unless the address says


class Together(StrEnum):
    """How many numbers become one."""

    TOTAL = "total"
    MEAN = "mean"
    MEDIAN = "median"


class Whose(StrEnum):
    """Those in the segment on each day, or those of the as-of day all the time."""

    THEN = "then"
    NOW = "now"


TOGETHER: Mapping[Together, Text] = {
    Together.TOTAL: gettext_lazy("Sum"),
    Together.MEAN: gettext_lazy("Mean"),
    Together.MEDIAN: gettext_lazy("Median"),
}
WHOSE: Mapping[Whose, Text] = {
    Whose.THEN: gettext_lazy("Those in it on each day"),
    Whose.NOW: gettext_lazy("Those in it now"),
}


@dataclass(frozen=True)
class Trend:
    """The chart and the choices in force."""

    chart: Chart
    metric: str
    together: Together
    whose: Whose
    metrics: Sequence[tuple[str, str]]


@require_GET
@page(Permission.SEE_ACCOUNTS)
def trend_part(request: PageRequest, pk: int) -> HttpResponse:
    """The chart and its choices, asked for once the page is there."""
    segment = get_object_or_404(segments_for(request.member), pk=pk)
    catalogue = read_catalogue()
    shown: dict[str, object] = {"segment": segment, "together": TOGETHER.items(), "whose": WHOSE.items()}
    try:
        node = read_text(compact(segment.condition), catalogue.fields)
        shown["trend"] = metric_trend(node, asking_of(request.member, catalogue), request.day, request.GET)
    except BadDocument as error:
        shown["problem"] = problem_words(error)
    except (WarehouseBusy, TooMuchData):
        shown["problem"] = _("This takes too long to count. Choose a segment that looks back on fewer days.")
    return render(request, "web/segments/metric.html", shown)


def metric_trend(node: Node, asking: Asking, day: date, asked: QueryDict) -> Trend:
    """What the address asks for, else the mean of active users. Raises WarehouseBusy."""
    metrics = {key: metric for key, metric in metrics_in_use().items() if _says_something(metric)}
    names = [(SCORE, _("Health score")), *((key, metric_label(metric)) for key, metric in metrics.items())]
    key = asked.get("metric", "")
    key = key if key in metrics or key == SCORE else FIRST if FIRST in metrics else SCORE
    unit = metrics[key].unit if key in metrics else "points"
    together = next((each for each in Together if each == asked.get("together")), Together.MEAN)
    whose = next((each for each in Whose if each == asked.get("whose")), Whose.THEN)
    column = SCORE if key == SCORE else metric_column(metrics[key].pk)
    found = _summaries(node, asking, day, column, whose)
    first = min(found, default=day)
    days = [first + timedelta(days=n) for n in range((day - first).days + 1)]
    points = [(each, getattr(found[each], together.value) if each in found else None) for each in days]
    title = _("%(together)s of %(metric)s") % {"together": TOGETHER[together], "metric": dict(names)[key]}
    notes = {
        Whose.THEN: _("Of the customers you may see that were in the segment on each day and have a value."),
        Whose.NOW: _("Of the customers you may see that are in the segment on the last day and have a value."),
    }
    chart = Chart(title, [Series(TOGETHER[together], points)], unit=unit, note=notes[whose], height=200)
    return Trend(chart, key, together, whose, names)


def _summaries(node: Node, asking: Asking, day: date, column: str, whose: Whose) -> dict[date, Summary]:
    first = day - timedelta(days=YEAR_DAYS)
    if whose is Whose.NOW:
        return asking.among(asking.on(node, day)).summaries(EVERYONE, column, first, day)
    return asking.summaries(node, column, first, day)


def _says_something(metric: Metric) -> bool:
    return bool(metric.spec.get("kind") != MetricKind.ALL_FEATURES)
