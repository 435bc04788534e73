"""The reads that measure use, each of one source and all the metrics it answers.

event_day answers counts and recency together and features one by one, user_day active users over all value events;
only property filters, sums and users of chosen events read the events themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.warehouse.duckdb.conditions import Parameters, matching, number, of_events
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.store import MetricColumn

USAGE = {
    MetricKind.COUNT,
    MetricKind.ACTIVE_USERS,
    MetricKind.ACTIVE_FEATURES,
    MetricKind.PROPERTY_SUM,
    MetricKind.DAYS_SINCE_LAST,
}


@dataclass
class Statement:
    """Rows: account_id, then a value for each of `metrics`; null and missing accounts mean nothing was found.

    `table` says how a table is read (Merges.together).
    """

    day: date
    metrics: Sequence[MetricColumn]
    table: Callable[[str], str]
    parameters: Parameters = field(default_factory=Parameters)
    sql: str = ""

    def until(self) -> str:
        return self.parameters.bind(self.day)

    def after(self, spec: MetricSpec) -> str:
        return self.parameters.bind(self.day - timedelta(days=spec.window_days))

    def in_window(self, column: str = "day") -> str:
        """The longest window of the metrics."""
        longest = max((metric.spec for metric in self.metrics), key=lambda spec: spec.window_days)
        return f"{column} > {self.after(longest)} and {column} <= {self.until()}"


def statements(day: date, metrics: Sequence[MetricColumn], table: Callable[[str], str]) -> Iterator[Statement]:
    """The fewest reads that answer these usage metrics."""
    counted = [metric for metric in metrics if _is_counted_by_day(metric.spec)]
    if counted:
        yield _count_event_days(Statement(day, counted, table))
    users = [metric for metric in metrics if _is_users_of_value_events(metric.spec)]
    if users:
        yield _count_users(Statement(day, users, table))
    for metric in metrics:
        if metric not in counted and metric not in users:
            of_roll_up = metric.spec.kind is MetricKind.ACTIVE_FEATURES and not metric.spec.where
            yield (_count_features if of_roll_up else _read_events)(Statement(day, [metric], table))


def _count_event_days(statement: Statement) -> Statement:
    def column(spec: MetricSpec) -> str:
        chosen = f"filter (day > {statement.after(spec)} and {of_events(spec.events, 'event_id', 'event_class')})"
        if spec.kind is MetricKind.COUNT:
            return f"sum(count) {chosen}"
        return f"{statement.until()} - max(day) {chosen}"

    columns = ", ".join(column(metric.spec) for metric in statement.metrics)
    statement.sql = f"""select account_id, {columns}
        from {statement.table("event_day")} left join event_dim using (event_id)
        where {statement.in_window()} group by account_id"""
    return statement


def _count_features(statement: Statement) -> Statement:
    chosen = of_events(statement.metrics[0].spec.events, "event_id", "event_class")
    statement.sql = f"""select account_id, count(distinct feature)
        from {statement.table("event_day")} join event_dim using (event_id)
        where {statement.in_window()} and {chosen} and feature <> 0 group by account_id"""
    return statement


def _count_users(statement: Statement) -> Statement:
    columns = ", ".join(f"count(*) filter (last_day > {statement.after(metric.spec)})" for metric in statement.metrics)
    statement.sql = f"""select account_id, {columns} from (
            select account_id, user_id, max(day) as last_day from {statement.table("user_day")}
            where {statement.in_window()} and value_count > 0 and {COUNTED} group by account_id, user_id
        ) group by account_id"""
    return statement


def _read_events(statement: Statement) -> Statement:
    spec = statement.metrics[0].spec
    match spec.kind:
        case MetricKind.COUNT:
            value = "count(*)"
        case MetricKind.ACTIVE_USERS:
            value = f"count(distinct user_id) filter ({COUNTED})"
        case MetricKind.ACTIVE_FEATURES:
            value = "count(distinct feature) filter (feature <> 0)"
        case MetricKind.PROPERTY_SUM:
            value = f"sum({number(spec.property or '', statement.parameters)})"
        case _:
            value = f"{statement.until()} - max(day)"
    statement.sql = f"""select account_id, {value} from {statement.table("event")} left join event_dim using (event_id)
        where {statement.in_window()} and {matching(spec, statement.parameters)} group by account_id"""
    return statement


def _is_counted_by_day(spec: MetricSpec) -> bool:
    return spec.kind in {MetricKind.COUNT, MetricKind.DAYS_SINCE_LAST} and not spec.where


def _is_users_of_value_events(spec: MetricSpec) -> bool:
    return spec.kind is MetricKind.ACTIVE_USERS and spec.events is None and not spec.where
