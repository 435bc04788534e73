"""Every metric of every account on a day: a few narrow reads, put together by account."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tenure.core.metrics import MetricKind, divide, ratios_in_order
from tenure.warehouse.duckdb.connection import UPKEEP_SECONDS
from tenure.warehouse.duckdb.measure_sql import USAGE, statements
from tenure.warehouse.duckdb.merges import Merges
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn

Values = Mapping[int, float]  # account -> value; accounts without one are not in it

_ACCOUNTS = """select account_id from account
    where first_day <= $day and account_id not in (select account_id from merged_account) order by account_id"""


class Measure(Merges):
    def measure(self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Values]) -> pa.Table:
        values = self._usage(day, [metric for metric in metrics if metric.spec.kind in USAGE])
        accounts = self._accounts(_ACCOUNTS, day)
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
        specs = {metric.key: metric.spec for metric in metrics}
        for key in ratios_in_order(specs):
            values[key] = divide(values[specs[key].numerator or ""], values[specs[key].denominator or ""])
        columns = {
            metric_column(metric.id): pa.array([values[metric.key].get(account) for account in accounts], pa.float64())
            for metric in metrics
        }
        return pa.table({"account_id": pa.array(accounts, pa.uint32()), **columns})

    def _usage(self, day: date, metrics: Sequence[MetricColumn]) -> dict[str, Values]:
        """Values of every account that has an event until the day: what was found, else what stands for nothing."""
        if not metrics:
            return {}
        first_events = f"""select account_id from {self.together("account_user")}
            where not linked and first_day <= $day group by account_id"""
        nothing = {
            metric.key: float(metric.spec.window_days if metric.spec.kind is MetricKind.DAYS_SINCE_LAST else 0)
            for metric in metrics
        }
        seen = self._accounts(first_events, day)
        values: dict[str, Values] = {key: dict.fromkeys(seen, none) for key, none in nothing.items()}
        for statement in statements(day, metrics, self.together):
            rows = self.read(statement.sql, statement.parameters.values, seconds=UPKEEP_SECONDS)
            for n, metric in enumerate(statement.metrics, 1):
                none = nothing[metric.key]
                found = {row[0]: none if row[n] is None else row[n] for row in rows}
                values[metric.key] = {**values[metric.key], **found}
        return values

    def _accounts(self, sql: str, day: date) -> list[int]:
        return [account for (account,) in self.read(sql, {"day": day}, seconds=UPKEEP_SECONDS)]

    def _opened(self, day: date) -> Values:
        sql = f"""select account_id, count(distinct user_id) from {self.together("account_user")}
            where first_day <= $day and {COUNTED} group by account_id"""
        return dict(self.read(sql, {"day": day}, seconds=UPKEEP_SECONDS))

    def _all_features(self) -> int:
        sql = "select count(distinct feature) from event_dim where event_class = 2 and feature <> 0"
        return int(self.read(sql)[0][0])
