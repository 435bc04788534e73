"""Measures accounts on a day: everything the warehouse needs beside the events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import pyarrow as pa

from tenure.accounts.as_of import facts_as_of
from tenure.core.metrics import MetricKind
from tenure.health.metrics import metric_columns
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn, Store


@dataclass(frozen=True)
class Measures:
    """A day's numbers as the warehouse gave them: `table` has account_id and a column m{id} per metric."""

    table: pa.Table
    metrics: Sequence[MetricColumn]

    def accounts(self) -> list[int]:
        ids: list[int] = self.table.column("account_id").to_pylist()
        return ids

    def values(self, key: str) -> list[float | None]:
        """A metric's value per account, in the order of `accounts`; raises KeyError when it was not measured."""
        for metric in self.metrics:
            if metric.key == key:
                column: list[float | None] = self.table.column(metric_column(metric.id)).to_pylist()
                return column
        raise KeyError(key)


def measure(store: Store, zone: ZoneInfo, day: date, metrics: Sequence[MetricColumn] | None = None) -> Measures:
    """The metrics (all in use, when none are given) of every account on a day, from the events as stored now."""
    chosen = metric_columns() if metrics is None else metrics
    return Measures(store.measure(day, chosen, traits_as_of(chosen, day, zone)), chosen)


def traits_as_of(metrics: Sequence[MetricColumn], day: date, zone: ZoneInfo) -> Mapping[str, Mapping[int, float]]:
    """The attributes these metrics look at, as they were at the end of the day; those that are no numbers left out.

    An attribute no account had is left out altogether: the warehouse need not join an empty table.
    """
    traits: dict[str, dict[int, float]] = {}
    for field in sorted(fields_of(metrics)):
        known = facts_as_of(field, day, zone)
        if numbers := {account: float(value) for account, value in known.items() if _is_number(value)}:
            traits[field] = numbers
    return traits


def fields_of(metrics: Sequence[MetricColumn]) -> set[str]:
    """Names of the account attributes these metrics look at."""
    of_account = (MetricKind.TRAIT, MetricKind.OPENED_USERS)
    return {each.spec.property for each in metrics if each.spec.property and each.spec.kind in of_account}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
