"""Every metric of every account on a day, in one statement made of one part per kind of source.

event_day answers counts, features and recency, user_day active users over all value events, account_user opened users;
only property filters, sums and users of chosen events read the events themselves.
"""

import warnings
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pyarrow as pa

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.warehouse.duckdb.conditions import Parameters, matching, number, of_events
from tenure.warehouse.duckdb.connection import UPKEEP_SECONDS, Connection
from tenure.warehouse.duckdb.usage import COUNTED
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn

BY_EVENT_DAY = {MetricKind.COUNT, MetricKind.ACTIVE_FEATURES, MetricKind.DAYS_SINCE_LAST}
USAGE = BY_EVENT_DAY | {MetricKind.ACTIVE_USERS, MetricKind.PROPERTY_SUM}

# The copy it warns of is a few hundred kilobytes.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


class Measure(Connection):
    def measure(
        self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Mapping[int, float]]
    ) -> pa.Table:
        statement = _Statement(day, metrics, traits)
        with self.reading(statement.tables, UPKEEP_SECONDS) as cursor:
            # Not cursor.sql(): a relation is planned twice, a third of what a day of few accounts costs.
            return cursor.execute(statement.sql(), statement.parameters.values).to_arrow_table()


class _Statement:
    """Collects the parts; each is a common table of account_id and some m{id}."""

    def __init__(self, day: date, metrics: Sequence[MetricColumn], traits: Mapping[str, Mapping[int, float]]) -> None:
        self.metrics = metrics
        self.by_key = {metric.key: metric for metric in metrics}
        self.parameters = Parameters()
        self.day = self.parameters.bind(day)
        windows = {metric.spec.window_days for metric in metrics if metric.spec.kind in USAGE}
        self.after = {window: self.parameters.bind(day - timedelta(days=window)) for window in windows}
        self.tables = {
            f"trait_{n}": pa.table(
                {"account_id": pa.array(values.keys(), pa.uint32()), "value": pa.array(values.values(), pa.float64())}
            )
            for n, values in enumerate(traits.values())
        }
        self.trait_tables = dict(zip(traits, self.tables, strict=True))
        self.parts: dict[str, str] = {}
        self.values: dict[str, str] = {}  # metric key -> expression over the joined parts

    def sql(self) -> str:
        self._count_event_days()
        self._count_users()
        self._read_events()
        self._look_up()
        columns = [f"({self._value(metric.key)})::double as {metric_column(metric.id)}" for metric in self.metrics]
        first = "select account_id, min(first_day) as day from account_user where not linked group by account_id"
        parts = {"first_event": first, **self.parts}
        joins = " ".join(f"left join {name} on {name}.account_id = a.account_id" for name in parts)
        traits = " ".join(f"left join {name} on {name}.account_id = a.account_id" for name in self.tables)
        return f"""with {", ".join(f"{name} as ({sql})" for name, sql in parts.items())}
            select {", ".join(["a.account_id", *columns])}
            from account a {joins} {traits} where a.first_day <= {self.day} order by a.account_id"""

    def _count_event_days(self) -> None:
        metrics = [metric for metric in self.metrics if _reads_event_day(metric.spec)]
        if not metrics:
            return
        windows = sorted({metric.spec.window_days for metric in metrics})
        # First per account and event, so that distinct features are counted over few rows.
        counts = ", ".join(f"coalesce(sum(count) filter (day > {self.after[w]}), 0) as count_{int(w)}" for w in windows)
        inner = f"""select account_id, event_id, max(day) as last_day, {counts} from event_day
            where day > {self.after[windows[-1]]} and day <= {self.day} and count > 0 group by account_id, event_id"""
        columns = ", ".join(f"{self._over_event_days(m.spec)} as {metric_column(m.id)}" for m in metrics)
        self.parts["by_event"] = f"""select account_id, {columns} from ({inner}) c
            left join event_dim d on d.event_id = c.event_id group by account_id"""
        for metric in metrics:
            self._usage(metric, "by_event")

    def _over_event_days(self, spec: MetricSpec) -> str:
        chosen = of_events(spec.events, "c.event_id", "d.event_class")
        window = f"count_{int(spec.window_days)}"
        match spec.kind:
            case MetricKind.COUNT:
                return f"sum({window}) filter ({chosen})"
            case MetricKind.ACTIVE_FEATURES:
                return f"count(distinct d.feature) filter ({chosen} and d.feature <> 0 and {window} > 0)"
            case _:
                return f"{self.day} - max(last_day) filter ({chosen} and {window} > 0)"

    def _count_users(self) -> None:
        metrics = [metric for metric in self.metrics if _reads_user_day(metric.spec)]
        if not metrics:
            return
        widest = max(metric.spec.window_days for metric in metrics)
        columns = ", ".join(
            f"count(*) filter (last_day > {self.after[m.spec.window_days]}) as {metric_column(m.id)}" for m in metrics
        )
        self.parts["by_user"] = f"""select account_id, {columns} from (
                select account_id, user_id, max(day) as last_day from user_day
                where day > {self.after[widest]} and day <= {self.day} and value_count > 0 and {COUNTED}
                group by account_id, user_id
            ) group by account_id"""
        for metric in metrics:
            self._usage(metric, "by_user")

    def _read_events(self) -> None:
        for metric in self.metrics:
            spec = metric.spec
            if not _reads_events(spec):
                continue
            column = metric_column(metric.id)
            self.parts[f"events_{column}"] = f"""select e.account_id, {self._over_events(spec)} as {column}
                from event e left join event_dim d on d.event_id = e.event_id
                where e.day > {self.after[spec.window_days]} and e.day <= {self.day}
                and {matching(spec, self.parameters)} group by e.account_id"""
            self._usage(metric, f"events_{column}")

    def _over_events(self, spec: MetricSpec) -> str:
        match spec.kind:
            case MetricKind.COUNT:
                return "count(*)"
            case MetricKind.ACTIVE_USERS:
                return f"count(distinct e.user_id) filter ({COUNTED})"
            case MetricKind.ACTIVE_FEATURES:
                return "count(distinct d.feature) filter (d.feature <> 0)"
            case MetricKind.PROPERTY_SUM:
                return f"sum({number(spec.property or '', self.parameters)})"
            case _:
                return f"{self.day} - max(e.day)"

    def _look_up(self) -> None:
        """The metrics that are no usage: they have a value before the first event."""
        for metric in self.metrics:
            trait = self.trait_tables.get(metric.spec.property or "")
            match metric.spec.kind:
                case MetricKind.OPENED_USERS:
                    self.parts["opened"] = f"""select account_id, count(*) as users from (
                            select distinct account_id, user_id from account_user
                            where first_day <= {self.day} and {COUNTED}
                        ) group by account_id"""
                    known = f"{trait}.value" if trait else "null"
                    self.values[metric.key] = f"nullif(coalesce({known}, opened.users), 0)"
                case MetricKind.ALL_FEATURES:
                    self.values[metric.key] = (
                        "(select count(distinct feature) from event_dim where event_class = 2 and feature <> 0)"
                    )
                case MetricKind.TRAIT:
                    self.values[metric.key] = f"{trait}.value" if trait else "null"
                case _:
                    pass

    def _usage(self, metric: MetricColumn, part: str) -> None:
        nothing = metric.spec.window_days if metric.spec.kind is MetricKind.DAYS_SINCE_LAST else 0
        value = f"coalesce({part}.{metric_column(metric.id)}, {int(nothing)})"
        self.values[metric.key] = f"case when first_event.day <= {self.day} then {value} end"

    def _value(self, key: str, *above: str) -> str:
        """A metric's expression; a ratio's is made of its parts'."""
        metric = self.by_key.get(key)
        if metric is None or key in above:
            raise ValueError(
                f"Ratio {above[-1]!r} needs metric {key!r}, which is not measured or needs the ratio itself."
            )
        if metric.spec.kind is not MetricKind.RATIO:
            return self.values[key]
        top, bottom = (
            self._value(part or "", *above, key) for part in (metric.spec.numerator, metric.spec.denominator)
        )
        return f"({top})::double / nullif({bottom}, 0)"


def _reads_event_day(spec: MetricSpec) -> bool:
    return spec.kind in BY_EVENT_DAY and not spec.where


def _reads_user_day(spec: MetricSpec) -> bool:
    return spec.kind is MetricKind.ACTIVE_USERS and spec.events is None and not spec.where


def _reads_events(spec: MetricSpec) -> bool:
    return spec.kind in USAGE and not _reads_event_day(spec) and not _reads_user_day(spec)
