"""The customer page's charts."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from tenure.core.health import AT_RISK_BELOW, HEALTHY_FROM
from tenure.health.models import Metric
from tenure.ui.chart import Band, Chart, Heat, Mark, Point, Series
from tenure.ui.states import LOOKS
from tenure.warehouse.schema import HealthState
from tenure.web.customers.feature_use import FeatureUse
from tenure.web.customers.history import History

RANGES = (91, 182, 364)  # days a chart may show
DEFAULT_RANGE = 182


def shown_days(asked: str) -> int:
    return int(asked) if asked in map(str, RANGES) else DEFAULT_RANGE


def health_chart(history: History, versions: dict[int, int], days: int, query: QueryDict) -> Chart:
    """The score by day; a click compares with that day. `versions`: the version's number by its row's id."""
    first = history.day - timedelta(days=days - 1)
    points = [
        Point(each.day, each.score, _against(query, each.day), _version(versions, each.version))
        for each in history.health
        if each.day >= first
    ]
    marks = [Mark(day, _version(versions, version)) for day, version in history.version_changes if day >= first]
    return Chart(
        title=_("Health score"),
        unit="points",
        series=[Series(_("Score"), points)],
        marks=marks,
        bands=_bands(),
        low=0,
        high=100,
        note=_("Choose a day to see what changed since then."),
    )


def short_chart(history: History, days: int) -> Chart:
    """The score alone, for the drawer."""
    first = history.day - timedelta(days=days - 1)
    scores = [(each.day, each.score) for each in history.health if each.day >= first]
    title = _("Health score, %(days)s days") % {"days": days}
    return Chart(title, [Series(_("Score"), scores)], "points", bands=_bands(), low=0, high=100, height=160)


def users_chart(history: History, metrics: Mapping[str, Metric], days: int) -> Chart:
    """Active users against opened accounts."""
    first = history.day - timedelta(days=days - 1)

    def points(key: str) -> list[tuple[date, float | None]]:
        return [(day, value) for day, value in history.values.get(key, {}).items() if day >= first]

    return Chart(
        title=_("Active users against opened accounts"),
        unit="users",
        series=[
            Series(_("Opened accounts"), points("opened_users"), "step", tone="quiet"),
            Series(_("Active users, 28 days"), points("active_users_28"), "area"),
            Series(_("Active users, 7 days"), points("active_users_7"), tone="2"),
        ],
        low=0,
    )


def feature_chart(use: FeatureUse) -> Heat:
    return Heat(
        title=_("Events a week by feature"),
        columns=use.weeks,
        rows=[row.name for row in use.rows],
        values=[[count or None for count in row.weeks] for row in use.rows],
        name=_("Feature"),
    )


def _against(query: QueryDict, day: date) -> str:
    changed = query.copy()
    changed["against"] = day.isoformat()
    return f"?{changed.urlencode()}#what-changed"


def _version(versions: dict[int, int], version: int | None) -> str:
    return _("Definition %(version)s") % {"version": versions[version]} if version in versions else ""


def _bands() -> list[Band]:
    return [
        _band(0, AT_RISK_BELOW, HealthState.AT_RISK),
        _band(AT_RISK_BELOW, HEALTHY_FROM, HealthState.AVERAGE),
        _band(HEALTHY_FROM, 100, HealthState.HEALTHY),
    ]


def _band(low: float, high: float, state: HealthState) -> Band:
    look = LOOKS[state]
    return Band(low, high, look.tone, look.word)  # type: ignore[arg-type]
