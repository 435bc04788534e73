"""Every kind of metric, with windows and property filters."""

from collections.abc import Sequence
from datetime import date

import pytest

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.core.reference.measure import World, measure
from tenure.warehouse.store import MetricColumn, Store
from tests.warehouse.equality.story import Plain

ACCOUNTS = {1: date(2025, 12, 1), 2: date(2026, 1, 5), 3: None}
TRAITS = {"seats": {1: 12.0, 2: 0.0}}


def check_metrics(store: Store, plain: Plain, used: Sequence[MetricSpec], known: MetricSpec, day: date) -> None:
    store.set_accounts((account, f"Account {account}", f"a{account}", first) for account, first in ACCOUNTS.items())
    specs = {f"metric_{n}": spec for n, spec in enumerate([*used, known])}
    specs["share"] = MetricSpec(MetricKind.RATIO, numerator="metric_0", denominator=f"metric_{len(used)}")
    specs["share_of_share"] = MetricSpec(MetricKind.RATIO, numerator="share", denominator="metric_0")

    columns = [MetricColumn(n, key, spec) for n, (key, spec) in enumerate(specs.items())]
    measured = store.measure(day, columns, TRAITS)

    world = World(plain.stored, plain.classes, plain.features, plain.excluded, TRAITS)
    measurable = [
        account for account, first in ACCOUNTS.items() if first and first <= day and account not in plain.merged
    ]
    assert measured["account_id"].to_pylist() == measurable
    for n, key in enumerate(specs):
        expected = [measure(world, account, day, key, specs) for account in measurable]
        assert measured[f"m{n}"].to_pylist() == pytest.approx(expected, nan_ok=True), specs[key]
