"""A metric, by its key or as an expression, measured on a day."""

from datetime import date
from zoneinfo import ZoneInfo

from tenure.core.metrics import MetricSpec
from tenure.events.models import EventType
from tenure.health.expression import parse
from tenure.health.measuring import measure
from tenure.health.metrics import column_of, metrics_in_use
from tenure.lib.errors import TenureError
from tenure.warehouse.store import MetricColumn, Store

_ASKED = "asked"


class UnknownMetric(TenureError):
    """No metric has this key."""


def ask(text: str, day: date, *, store: Store, zone: ZoneInfo) -> dict[int, float | None]:
    """{account id: value} on a day, from the events as stored now, for every account there was.

    `text`: a metric's key or an expression (see health.expression). Raises BadExpression, UnknownEvent, UnknownMetric.
    """
    return _measure(_columns(text), day, store, zone)


def ask_spec(spec: MetricSpec, day: date, *, store: Store, zone: ZoneInfo) -> dict[int, float | None]:
    """As `ask`, of a specification that has been read (health.metrics.read_spec)."""
    return _measure(_columns_of(spec), day, store, zone)


def _measure(columns: list[MetricColumn], day: date, store: Store, zone: ZoneInfo) -> dict[int, float | None]:
    measures = measure(store, zone, day, columns)
    return dict(zip(measures.accounts(), measures.values(columns[-1].key), strict=True))


def _columns(text: str) -> list[MetricColumn]:
    """The asked metric last, what it is made of before it."""
    asked = parse(text, dict(EventType.objects.values_list("name", "pk")))
    if isinstance(asked, str):
        column = _known(asked)
        return [*_parts(column.spec), column]
    return _columns_of(asked)


def _columns_of(spec: MetricSpec) -> list[MetricColumn]:
    return [*_parts(spec), MetricColumn(0, _ASKED, spec)]  # number 0 is no metric's: it is never stored


def _parts(spec: MetricSpec) -> list[MetricColumn]:
    return [_known(key) for key in dict.fromkeys((spec.numerator, spec.denominator)) if key]


def _known(key: str) -> MetricColumn:
    metrics = metrics_in_use()
    if key not in metrics:
        raise UnknownMetric(f"There is no metric {key!r}; there are {', '.join(metrics)}.")
    return column_of(metrics[key])
