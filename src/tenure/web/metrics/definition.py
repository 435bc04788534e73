"""One metric: how it is computed, its values over the customers, its versions, and what is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenure.accounts.access import visible_account_ids
from tenure.core.health import Definition, Part
from tenure.core.health_document import from_document as health_from_document
from tenure.health.archive import keys_of_health, ratios_of
from tenure.health.definitions import draft, version_on, versions
from tenure.health.metric_document import from_document
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.warehouse.schema import metric_column
from tenure.web.customers.metric_words import filters, sentence
from tenure.web.metrics.distribution import Distribution, distribution
from tenure.web.metrics.progress import computing


@dataclass(frozen=True)
class Told:
    """A version of a definition in words."""

    metric: Metric
    sentence: str
    filters: list[str]


def told(metric: Metric, known: Mapping[str, Metric]) -> Told:
    spec = from_document(metric.spec)
    return Told(metric, sentence(spec, known), filters(spec))


@require_GET
@page(Permission.SEE_ACCOUNTS)
def detail(request: PageRequest, key: str) -> HttpResponse:
    metric, *earlier = _versions(key)
    known = metrics_in_use()
    may_define = allows(request.member, Permission.MANAGE_METRICS) and not metric.built_in
    shown = {
        "metric": metric,
        "label": metric_label(metric),
        "told": told(metric, known),
        "earlier": [told(each, known) for each in earlier],
        "found": _stored(metric, request),
        "part": _health_part(metric, request),
        "of_health": metric.key in keys_of_health(),
        "ratios": [(each.key, metric_label(each)) for each in ratios_of(key)],
        "may_define": may_define,
        "computing": computing(request.member),
    }
    return render(request, "web/metrics/definition.html", shown)


def _versions(key: str) -> Sequence[Metric]:
    """The metric's versions, the latest first; 404 when there has never been one."""
    found = list(Metric.objects.filter(key=key).select_related("created_by", "retired_by").order_by("-version"))
    if not found:
        raise Http404
    return found


def _stored(metric: Metric, request: PageRequest) -> Distribution:
    """As the numbers of the as-of day were written."""
    values = {pk: row[0] for pk, *row in store().day_values(request.day, [metric_column(metric.pk)])}
    kind = from_document(metric.spec).kind
    return distribution(values, visible_account_ids(request.member), kind, metric.unit, request.member)


def _health_part(metric: Metric, request: PageRequest) -> Part | None:
    """The metric's part in the health definition of the day."""
    definition = _definition_on(request.day)
    return next((part for part in definition.parts if part.metric == metric.key), None) if definition else None


def _definition_on(day: date) -> Definition | None:
    """The definition that holds on the day, or the one that waits for its first thresholds."""
    if version := version_on(day, versions()):
        return version.definition
    waiting = draft()
    return health_from_document(waiting.document) if waiting else None
