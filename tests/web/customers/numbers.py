"""The twelve accounts' metrics and health, measured by the store and scored by the core."""

from datetime import date, timedelta

import pyarrow as pa

from tenure.core.change import year_before
from tenure.core.health import Definition, Direction, Part, Thresholds, score_account
from tenure.core.health_document import to_document
from tenure.core.metrics import MetricKind, MetricSpec
from tenure.health.metric_document import to_document as metric_document
from tenure.health.models import HealthDefinition, Metric
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import MetricColumn, Store
from tests.keys import pass_over
from tests.web.customers.company import TODAY

DAILY = 35  # days before today that are all closed; further back one a week
CHANGED = TODAY - timedelta(days=50)  # from this day on the second version of the definition counts
CLOSED = [
    year_before(TODAY),
    *(TODAY - timedelta(days=ago) for ago in range(91, DAILY, -7)),
    *(TODAY - timedelta(days=ago) for ago in range(DAILY, -1, -1)),
]

METRICS = {  # key: (id, spec, unit, key metric)
    "value_events_28": (901, MetricSpec(MetricKind.COUNT), "count", True),
    "active_users_7": (902, MetricSpec(MetricKind.ACTIVE_USERS, window_days=7), "users", False),
    "active_users_28": (903, MetricSpec(MetricKind.ACTIVE_USERS), "users", True),
    "active_features_28": (904, MetricSpec(MetricKind.ACTIVE_FEATURES), "features", False),
    "opened_users": (905, MetricSpec(MetricKind.OPENED_USERS), "users", False),
    "all_features": (906, MetricSpec(MetricKind.ALL_FEATURES), "features", False),
    "breadth": (
        907,
        MetricSpec(MetricKind.RATIO, numerator="active_users_28", denominator="opened_users"),
        "share",
        False,
    ),
    "depth": (
        908,
        MetricSpec(MetricKind.RATIO, numerator="active_features_28", denominator="all_features"),
        "share",
        False,
    ),
    "days_since_last": (909, MetricSpec(MetricKind.DAYS_SINCE_LAST, window_days=90), "days", False),
}


def definition(breadth_weight: float) -> Definition:
    return Definition(
        (
            Part("breadth", breadth_weight, thresholds=Thresholds(0.0, 0.35, 0.7, 0.95)),
            Part("depth", 1.0, thresholds=Thresholds(0.0, 0.4, 0.8, 1.0)),
            Part("days_since_last", 1.0, Direction.LESS, Thresholds(30, 10, 2, 0)),
        )
    )


DEFINITIONS = {51: definition(1.0), 52: definition(2.0)}


def write_definitions() -> None:
    Metric.objects.all().delete()
    HealthDefinition.objects.all().delete()
    Metric.objects.bulk_create(
        Metric(
            pk=pk,
            key=key,
            name=key.replace("_", " ").capitalize(),
            spec=metric_document(spec),
            unit=unit,
            is_key=is_key,
        )
        for key, (pk, spec, unit, is_key) in METRICS.items()
    )
    HealthDefinition.objects.bulk_create(
        HealthDefinition(pk=pk, name="Health", version=pk - 50, document=to_document(rules), sample_size=12)
        for pk, rules in DEFINITIONS.items()
    )
    pass_over(Metric, HealthDefinition)


def write_days(store: Store, days: list[date] = CLOSED) -> None:
    columns = [MetricColumn(pk, key, spec) for key, (pk, spec, _unit, _key) in METRICS.items()]
    for day in days:
        store.write_day(day, _with_health(store.measure(day, columns, {}), day))


def _with_health(measured: pa.Table, day: date) -> pa.Table:
    version = 52 if day >= CHANGED else 51
    rows = measured.to_pylist()
    scores = [
        score_account(
            {key: row[metric_column(pk)] for key, (pk, *_rest) in METRICS.items()},
            DEFINITIONS[version],
            young=row[metric_column(901)] is None or row["account_id"] == 5,
        )
        for row in rows
    ]
    return (
        measured.append_column("health_score", pa.array([score.score for score in scores], pa.float64()))
        .append_column("health_state", pa.array([int(score.state) for score in scores], pa.int8()))
        .append_column("health_version", pa.array([version] * len(scores), pa.int32()))
    )
