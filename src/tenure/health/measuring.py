"""Measures accounts on a day: everything the warehouse needs beside the events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa

from tenure.accounts.as_of import end_of_day
from tenure.accounts.fact_copy import copy_facts
from tenure.core.metrics import MetricKind
from tenure.health.counted.metrics import counted_on
from tenure.health.metrics import metric_columns
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import FactQuery, MetricColumn, Store


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
    copy_facts(store)
    return Measures(store.measure(day, chosen, traits_as_of(store, chosen, day, zone)), chosen)


def traits_as_of(
    store: Store, metrics: Sequence[MetricColumn], day: date, zone: ZoneInfo
) -> Mapping[str, Mapping[int, float]]:
    """The attributes these metrics look at, as they were at the end of the day; those that are no numbers left out.

    They are the warehouse's copy: accounts.fact_copy brings it up to date before.
    """
    wanted = fields_of(metrics)
    traits: dict[str, Mapping[int, float]] = dict(counted_on(day, wanted))
    held: dict[str, dict[int, float]] = {}
    if fields := wanted - traits.keys():
        for account_id, field, text in store.facts_at(FactQuery(end_of_day(day, zone), fields=fields)):
            value = msgspec.json.decode(text)
            if _is_number(value):
                held.setdefault(field, {})[account_id] = float(value)
    return {**traits, **held}


def fields_of(metrics: Sequence[MetricColumn]) -> set[str]:
    """Names of the account attributes these metrics look at."""
    of_account = (MetricKind.TRAIT, MetricKind.OPENED_USERS)
    return {each.spec.property for each in metrics if each.spec.property and each.spec.kind in of_account}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
