"""Every metric for every account on a day: one read of each table that some metric needs."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tenure.core.metrics import MetricKind, divide, ratios_in_order
from tenure.warehouse.clickhouse.merges import Merges
from tenure.warehouse.clickhouse.usage import SOURCES, of_none, source_of, statement
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn

Values = Mapping[int, float]  # account_id -> value; accounts without one are left out


class Measuring(Merges):
    """measure."""

    def measure(self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Values]) -> pa.Table:
        """See Store.measure."""
        accounts = self._accounts(day)
        values: dict[str, Values] = {}
        for source in SOURCES:
            if own := [each for each in metrics if source_of(each) == source]:
                values |= self._usage(source, own, day)
        for each in metrics:
            trait = traits.get(each.spec.property or "", {})
            match each.spec.kind:
                case MetricKind.OPENED_USERS:
                    opened = {**self._opened(day), **trait}
                    values[each.key] = {account: users for account, users in opened.items() if users}
                case MetricKind.ALL_FEATURES:
                    values[each.key] = dict.fromkeys(accounts, self._all_features())
                case MetricKind.TRAIT:
                    values[each.key] = trait
        specs = {each.key: each.spec for each in metrics}
        for key in ratios_in_order(specs):
            values[key] = divide(values[specs[key].numerator or ""], values[specs[key].denominator or ""])
        columns = {
            metric_column(each.id): pa.array([values[each.key].get(account) for account in accounts], pa.float64())
            for each in metrics
        }
        return pa.table({"account_id": pa.array(accounts, pa.uint32()), **columns})

    def _accounts(self, day: date) -> list[int]:
        sql = """
            SELECT account_id FROM account FINAL WHERE first_day <= {day:Date32}
              AND account_id NOT IN (SELECT account_id FROM merged_account FINAL) ORDER BY account_id"""
        return [account for (account,) in self.connection.stored(sql, {"day": day})]

    def _usage(self, source: str, metrics: Sequence[MetricColumn], day: date) -> dict[str, Values]:
        """Values of usage metrics for every account that has an event until the day."""
        sql, parameters = statement(source, metrics, day, self.account_sql())
        found = {row[0]: row[1:] for row in self.connection.stored(sql, parameters.values)}
        none = tuple(of_none(each) for each in metrics)
        rows = [(account, found.get(account, none)) for account in self._seen(day)]
        return {each.key: {account: row[n] for account, row in rows} for n, each in enumerate(metrics)}

    def _seen(self, day: date) -> list[int]:
        sql = f"""
            SELECT DISTINCT {self.account_sql()} FROM account_user FINAL
            WHERE NOT linked AND first_day <= {{day:Date32}}"""
        return [account for (account,) in self.connection.stored(sql, {"day": day})]

    def _opened(self, day: date) -> Values:
        sql = f"""
            SELECT {self.account_sql()} AS whose, toFloat64(uniqExact(user_id)) FROM account_user FINAL
            WHERE first_day <= {{day:Date32}} AND user_id != 0
              AND user_id NOT IN (SELECT user_id FROM excluded_user FINAL)
            GROUP BY whose"""
        return dict(self.connection.stored(sql, {"day": day}))

    def _all_features(self) -> float:
        sql = "SELECT toFloat64(uniqExactIf(feature, event_class = 2 AND feature != 0)) FROM event_dim FINAL"
        return float(self.connection.stored(sql)[0][0])
