"""The metrics every workspace has."""

from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.health.metric_document import to_document
from tenure.health.models import Metric
from tenure.health.versions import add_version

#: The account's own word for how many users have been opened for it, where the customer's system knows it.
OPENED_USERS_TRAIT = "opened_accounts"

#: How far back the last event is looked for, in days.
LOOK_BACK_DAYS = 90


class BuiltIn(NamedTuple):
    key: str
    name: str
    unit: str
    spec: MetricSpec
    is_key: bool = False


BUILT_IN = (
    BuiltIn("value_events_1", _("Value events, day"), "count", MetricSpec(MetricKind.COUNT, 1)),
    BuiltIn("value_events_7", _("Value events, 7 days"), "count", MetricSpec(MetricKind.COUNT, 7)),
    BuiltIn("value_events_28", _("Value events, 28 days"), "count", MetricSpec(MetricKind.COUNT, 28), True),
    BuiltIn("active_users_1", _("Active users, day"), "users", MetricSpec(MetricKind.ACTIVE_USERS, 1)),
    BuiltIn("active_users_7", _("Active users, 7 days"), "users", MetricSpec(MetricKind.ACTIVE_USERS, 7)),
    BuiltIn("active_users_28", _("Active users, 28 days"), "users", MetricSpec(MetricKind.ACTIVE_USERS, 28), True),
    BuiltIn(
        "active_features_28",
        _("Active features, 28 days"),
        "features",
        MetricSpec(MetricKind.ACTIVE_FEATURES, 28),
        True,
    ),
    BuiltIn(
        "opened_users", _("Opened users"), "users", MetricSpec(MetricKind.OPENED_USERS, property=OPENED_USERS_TRAIT)
    ),
    BuiltIn("all_features", _("All features"), "features", MetricSpec(MetricKind.ALL_FEATURES)),
    BuiltIn(
        "breadth",
        _("Breadth"),
        "share",
        MetricSpec(MetricKind.RATIO, numerator="active_users_28", denominator="opened_users"),
        True,
    ),
    BuiltIn(
        "depth",
        _("Depth"),
        "share",
        MetricSpec(MetricKind.RATIO, numerator="active_features_28", denominator="all_features"),
        True,
    ),
    BuiltIn(
        "value_events_per_user",
        _("Value events per opened user, 28 days"),
        "count",
        MetricSpec(MetricKind.RATIO, numerator="value_events_28", denominator="opened_users"),
    ),
    BuiltIn(
        "days_since_last",
        _("Days since the last value event"),
        "days",
        MetricSpec(MetricKind.DAYS_SINCE_LAST, LOOK_BACK_DAYS),
    ),
)


def install_metrics() -> None:
    """Adds the built-in metrics that are missing, and a new version of those whose definition is another now."""
    known = {metric.key: metric for metric in Metric.objects.filter(built_in=True, retired_at=None)}
    for each in BUILT_IN:
        metric = known.get(each.key)
        if metric is None or metric.spec != to_document(each.spec):
            add_version(each.key, each.name, each.spec, each.unit, is_key=each.is_key, built_in=True, actor=None)
