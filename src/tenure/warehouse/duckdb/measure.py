"""Every metric of every account on a day: a few narrow reads, put together by account."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tenure.core.metrics import MetricKind
from tenure.warehouse.duckdb.connection import UPKEEP_SECONDS, Connection
from tenure.warehouse.duckdb.measure_sql import USAGE, statements
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn

Values = Mapping[int, float]  # account -> value; accounts without one are not in it


class Measure(Connection):
    def measure(self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Values]) -> pa.Table:
        values = self._usage(day, [metric for metric in metrics if metric.spec.kind in USAGE])
        accounts = self._accounts("select account_id from account where first_day <= $day order by account_id", day)
        for metric in metrics:
            known = traits.get(metric.spec.property or "", {})
            match metric.spec.kind:
                case MetricKind.OPENED_USERS:
                    opened = {**self._opened(day), **known}
                    values[metric.key] = {account: users for account, users in opened.items() if users}
                case MetricKind.ALL_FEATURES:
                    values[metric.key] = dict.fromkeys(accounts, self._all_features())
                case MetricKind.TRAIT:
                    values[metric.key] = known
        by_key = {metric.key: metric for metric in metrics}
        for metric in metrics:
            _work_out_ratio(metric, by_key, values)
        columns = {
            metric_column(metric.id): pa.array([values[metric.key].get(account) for account in accounts], pa.float64())
            for metric in metrics
        }
        return pa.table({"account_id": pa.array(accounts, pa.uint32()), **columns})

    def _usage(self, day: date, metrics: Sequence[MetricColumn]) -> dict[str, Values]:
        """Values of every account that has an event until the day: what was found, else what stands for nothing."""
        if not metrics:
            return {}
        first_events = "select account_id from account_user where not linked and first_day <= $day group by account_id"
        nothing = {
            metric.key: float(metric.spec.window_days if metric.spec.kind is MetricKind.DAYS_SINCE_LAST else 0)
            for metric in metrics
        }
        seen = self._accounts(first_events, day)
        values: dict[str, Values] = {key: dict.fromkeys(seen, none) for key, none in nothing.items()}
        for statement in statements(day, metrics):
            rows = self.read(statement.sql, statement.parameters.values, seconds=UPKEEP_SECONDS)
            for n, metric in enumerate(statement.metrics, 1):
                none = nothing[metric.key]
                found = {row[0]: none if row[n] is None else row[n] for row in rows}
                values[metric.key] = {**values[metric.key], **found}
        return values

    def _accounts(self, sql: str, day: date) -> list[int]:
        return [account for (account,) in self.read(sql, {"day": day}, seconds=UPKEEP_SECONDS)]

    def _opened(self, day: date) -> Values:
        sql = f"""select account_id, count(distinct user_id) from account_user where first_day <= $day and {COUNTED}
            group by account_id"""
        return dict(self.read(sql, {"day": day}, seconds=UPKEEP_SECONDS))

    def _all_features(self) -> int:
        sql = "select count(distinct feature) from event_dim where event_class = 2 and feature <> 0"
        return int(self.read(sql)[0][0])


def _work_out_ratio(metric: MetricColumn, by_key: Mapping[str, MetricColumn], values: dict[str, Values]) -> None:
    """Adds a ratio's values, those of ratios it is made of first; ValueError when a part is not measured."""
    if metric.key in values:
        return
    rest = {key: each for key, each in by_key.items() if key != metric.key}  # so that no ratio is made of itself
    parts = []
    for key in (metric.spec.numerator, metric.spec.denominator):
        if key is None or key not in rest:
            raise ValueError(f"Ratio {metric.key!r} needs metric {key!r}, which is not measured, or is made of itself.")
        _work_out_ratio(rest[key], rest, values)
        parts.append(values[key])
    above, below = parts
    values[metric.key] = {account: value / below[account] for account, value in above.items() if below.get(account)}
