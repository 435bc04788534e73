"""The usage metrics in ClickHouse SQL: which table answers one, and the aggregate that does."""

from collections.abc import Sequence
from datetime import date, timedelta

from tenure.core.metrics import MetricKind
from tenure.warehouse.clickhouse.parameters import Parameters
from tenure.warehouse.clickhouse.properties import is_number, number, passes
from tenure.warehouse.store import MetricColumn

_COUNTED = "user_id != 0 AND user_id NOT IN (SELECT user_id FROM excluded_user FINAL)"
_NAMED = "LEFT JOIN (SELECT event_id, event_class, feature FROM event_dim FINAL) AS named USING (event_id)"
_WITHIN = "day BETWEEN {{first:Date32}} AND {{day:Date32}}"
SOURCES = {
    "event_day": f"""(
        SELECT {{account}} AS whose, day, event_id, count AS n FROM event_day FINAL WHERE {_WITHIN}
    ) AS own {_NAMED}""",
    "user_day": f"""(
        SELECT {{account}} AS whose, day, user_id FROM user_day FINAL WHERE {_WITHIN} AND value_count > 0
    ) AS own""",
    "event": f"""(
        SELECT {{account}} AS whose, day, event_id, user_id, properties, 1 AS n FROM event FINAL WHERE {_WITHIN}
    ) AS own {_NAMED}""",
}


def source_of(metric: MetricColumn) -> str | None:
    """The smallest table that answers a usage metric; None for metrics that are not about usage."""
    spec = metric.spec
    match spec.kind:
        case MetricKind.COUNT | MetricKind.ACTIVE_FEATURES | MetricKind.DAYS_SINCE_LAST:
            return "event" if spec.where else "event_day"
        case MetricKind.ACTIVE_USERS:
            return "event" if spec.where or spec.events is not None else "user_day"
        case MetricKind.PROPERTY_SUM:
            return "event"
    return None


def statement(
    source: str, metrics: Sequence[MetricColumn], day: date, account: str = "account_id"
) -> tuple[str, Parameters]:
    """SQL for (account_id, one Float64 for each metric) of the accounts with rows in the longest window."""
    longest = max(each.spec.window_days for each in metrics)
    parameters = Parameters(day=day, first=day - timedelta(days=longest - 1))
    columns = [f"toFloat64({_aggregate(source, each, parameters)})" for each in metrics]
    table = SOURCES[source].format(account=account)
    return f"SELECT whose, {', '.join(columns)} FROM {table} GROUP BY whose", parameters


def of_none(metric: MetricColumn) -> float:
    """A usage metric's value when nothing happened in its window."""
    return float(metric.spec.window_days) if metric.spec.kind is MetricKind.DAYS_SINCE_LAST else 0.0


def _aggregate(source: str, metric: MetricColumn, parameters: Parameters) -> str:
    matching = _matching(source, metric, parameters)
    match metric.spec.kind:
        case MetricKind.COUNT:
            return f"sumIf(n, {matching})"
        case MetricKind.ACTIVE_USERS:
            return f"uniqExactIf(user_id, {matching} AND {_COUNTED})"
        case MetricKind.ACTIVE_FEATURES:
            return f"uniqExactIf(feature, {matching} AND feature != 0)"
        case MetricKind.DAYS_SINCE_LAST:
            since = f"dateDiff('day', maxIf(day, {matching}), {{day:Date32}})"
            return f"if(countIf({matching}) = 0, {int(metric.spec.window_days)}, {since})"
    name = parameters.add(metric.spec.property or "", "String")
    return f"sumIf({number(name)}, {matching} AND {is_number(name)})"


def _matching(source: str, metric: MetricColumn, parameters: Parameters) -> str:
    """SQL: whether a row is within the metric's own window and among its events."""
    first = parameters.add(parameters.values["day"] - timedelta(days=metric.spec.window_days - 1), "Date32")
    tests = [f"day >= {first}"]
    if metric.spec.events is not None:
        tests.append(f"event_id IN {parameters.add(list(metric.spec.events), 'Array(UInt32)')}")
    elif source != "user_day":
        tests.append("event_class = 2")
    tests += [passes(each, parameters) for each in metric.spec.where]
    return f"({' AND '.join(tests)})"
