"""The metrics a workspace has: built in, defined here, archived."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from tenure.accounts.access import visible_account_ids
from tenure.core.quantile import quantile
from tenure.health.archive import keys_of_health
from tenure.health.metric_document import OF_EVENTS, from_document
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.people.permissions import Permission, allows
from tenure.ui import numbers
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState
from tenure.warehouse.current import store
from tenure.warehouse.schema import metric_column
from tenure.web.customers.metric_words import sentence
from tenure.web.metrics.progress import computing

LONGEST_SENTENCE = 140
COLUMNS = [
    Column("name", gettext_lazy("Metric")),
    Column("what", gettext_lazy("What it is"), sort=False),
    Column("window", gettext_lazy("Window"), kind="days"),
    Column("median", gettext_lazy("Median"), help=gettext_lazy("Half of the customers have less on the day.")),
    Column("use", gettext_lazy("Used in"), sort=False),
    Column("who", gettext_lazy("Defined by")),
    Column("version", gettext_lazy("Version"), kind="number"),
    Column("since", gettext_lazy("Since"), kind="moment", shown=False),
    Column("key", pgettext_lazy("of a metric", "Key"), shown=False),
]
SHOWN = ("", "own", "built-in", "archived")


class _Listed(NamedTuple):
    metric: Metric
    median: float | None
    row: Row


@require_GET
@page(Permission.SEE_ACCOUNTS)
def index(request: PageRequest) -> HttpResponse:
    """Every metric in a sentence, with its median on the day."""
    groups = _groups()
    state, wanted, rows = _asked(request, groups)
    table = Table(
        state,
        rows[state.offset : state.offset + state.limit],
        len(rows),
        _empty(wanted, request),
        export=export_url(request, METRICS, state),
        chips=_chips(state, groups, wanted),
        search_hint=_("Search metrics"),
    )
    shown = {
        "computing": computing(request.member),
        "may_define": allows(request.member, Permission.MANAGE_METRICS),
    }
    return table.respond(request, "web/metrics/list.html", shown)


def _groups() -> dict[str, list[Metric]]:
    """Metrics by the filter that shows them; one's own come first, then the built-in ones."""
    in_use = Metric.objects.filter(retired_at=None).select_related("created_by").order_by("built_in", "pk")
    keys = {metric.key for metric in in_use}
    latest = {each.key: each for each in Metric.objects.select_related("created_by").order_by("version")}
    own = [metric for metric in in_use if not metric.built_in]
    return {
        "": list(in_use),
        "own": own,
        "built-in": [metric for metric in in_use if metric.built_in],
        "archived": [metric for key, metric in latest.items() if key not in keys],
    }


def every_metric(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, _wanted, rows = _asked(request, _groups())
    return Listed(state, len(rows), rows)


METRICS = register(Listing("metrics", gettext_lazy("Metrics"), Permission.SEE_ACCOUNTS, "metrics:list", every_metric))


def _asked(request: PageRequest, groups: Mapping[str, list[Metric]]) -> tuple[TableState, str, list[Row]]:
    """The table, which metrics are asked for, and their rows in its order."""
    state = TableState.read(request, "metrics", COLUMNS, sort="")
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in SHOWN else ""
    listed = _listed([each for each in groups[wanted] if state.search.casefold() in _searched(each)], request)
    if state.sort:
        listed.sort(key=lambda each: _rank(each, state.sort), reverse=state.descending)
    return state, wanted, [each.row for each in listed]


def _chips(state: TableState, groups: dict[str, list[Metric]], wanted: str) -> list[Chip]:
    labels = {"": _("In use"), "own": _("Defined here"), "built-in": _("Built in"), "archived": _("Archived")}
    return [
        Chip(labels[show], len(groups[show]), state.url(show=show or None), active=show == wanted) for show in SHOWN
    ]


def _searched(metric: Metric) -> str:
    return f"{metric_label(metric)} {metric.name} {metric.key}".casefold()


def _listed(metrics: Iterable[Metric], request: PageRequest) -> list[_Listed]:
    metrics = list(metrics)
    known, of_health = metrics_in_use(), keys_of_health()
    medians = _medians(metrics, request)
    made = []
    for metric in metrics:
        spec = from_document(metric.spec)
        words, median = sentence(spec, known), medians.get(metric.key)
        href = reverse("metrics:metric", args=[metric.key])
        cells: dict[str, Any] = {
            "name": Link(metric_label(metric), href),
            "what": words if len(words) <= LONGEST_SENTENCE else f"{words[: LONGEST_SENTENCE - 1]}…",
            "window": spec.window_days if spec.kind in OF_EVENTS else None,
            "median": numbers.measure(median, metric.unit) if median is not None else None,
            "use": _use(metric, of_health),
            "who": _("Built in") if metric.built_in else str(metric.created_by or "–"),
            "version": metric.version,
            "since": metric.created_at,
            "key": metric.key,
        }
        made.append(_Listed(metric, median, Row(cells, href=href)))
    return made


def _use(metric: Metric, of_health: set[str]) -> Badge | None:
    if metric.retired_at is not None:
        return Badge(_("Archived"))
    if metric.key in of_health:
        return Badge(_("Health"), "accent")
    return Badge(_("Key metric")) if metric.is_key else None


def _medians(metrics: Iterable[Metric], request: PageRequest) -> dict[str, float]:
    """The median over the accounts the member may see on the as-of day, by key; those without any value left out."""
    columns = {metric.key: metric_column(metric.pk) for metric in metrics}
    rows = store().day_values(request.day, list(columns.values())) if columns else []
    visible = visible_account_ids(request.member)
    seen = rows if visible is None else [row for row in rows if row[0] in visible]
    values = {
        key: sorted(float(value) for _account, *row in seen if (value := row[n]) is not None)
        for n, key in enumerate(columns)
    }
    return {key: quantile(ordered, 0.5) for key, ordered in values.items() if ordered}


def _rank(listed: _Listed, column: str) -> tuple[bool, Any]:
    value = {"name": metric_label(listed.metric), "median": listed.median}.get(column, listed.row.cells.get(column))
    return value is not None, value.casefold() if isinstance(value, str) else value or 0


def _empty(wanted: str, request: PageRequest) -> Empty:
    if wanted == "archived":
        return Empty(_("Nothing is archived"), icon="history")
    may_define = allows(request.member, Permission.MANAGE_METRICS)
    return Empty(
        _("No metric of your own yet"),
        _("Count the events that matter for your product: exports a week, messages sent, data stored."),
        _("Define a metric") if may_define else "",
        reverse("metrics:create") if may_define else "",
        "chart-dots",
    )
