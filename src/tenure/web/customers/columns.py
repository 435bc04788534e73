"""The columns of the customers list: those every company has, one for each role in charge, one for each metric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenure.accounts.models import AssignmentRole
from tenure.core.metrics import MetricKind
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.ui.table import Column, Kind
from tenure.ui.text import Text
from tenure.warehouse.schema import metric_column
from tenure.web.customers.book import CHANGE

LAST_SEEN = "days_since_last"  # the metric behind "last seen"
EXTERNAL_ID = Column("external_id", _("Id"), sort=False, shown=False)  # in the list it stands under the name
GROUP = Column("group", _("Group"), sort=False, shown=False, help=_("The customer at the top of its group."))
TAGS = Column("tags", _("Tags"), sort=False, shown=False)
LEADING = ("active_users_28", "opened_users", "breadth", "depth", LAST_SEEN)  # metrics with a place of their own
LABELS: dict[str, Text] = {
    "active_users_28": _("Active users"),
    "opened_users": _("Opened accounts"),
    LAST_SEEN: _("Last seen"),
}
_KINDS: dict[str, Kind] = {"share": "share_bar", "days": "days"}


@dataclass(frozen=True)
class ListColumns:
    """The table's columns and, for those that show a metric or who is in charge, which metric and in which role."""

    columns: Sequence[Column]
    metrics: Mapping[str, Metric]
    roles: Mapping[str, AssignmentRole]

    def warehouse(self, keys: Sequence[str]) -> list[str]:
        """The account_day columns of those of the keys that are metrics, in their order."""
        return [metric_column(self.metrics[key].pk) for key in keys if key in self.metrics]

    def order_by(self, key: str) -> str:
        """What a column sorts by, as book.customers wants it."""
        fixed = {"name": "name", "health": "health_state", "score": "health_score", "change": CHANGE}
        return fixed.get(key) or metric_column(self.metrics[key].pk)


def list_columns(metrics: Mapping[str, Metric], roles: Sequence[AssignmentRole]) -> ListColumns:
    """Columns for the current metrics, by key, and the roles in use; the first role is shown from the start."""
    in_charge = {f"role-{role.key}": role for role in roles}
    leading = [key for key in LEADING if key in metrics]
    others = [key for key, metric in metrics.items() if key not in LEADING and _says_something(metric)]
    columns = [
        Column("name", _("Customer")),
        EXTERNAL_ID,
        Column("health", _("Health"), "state"),
        Column("score", _("Score"), "number", digits=0, help=_("Health score from 0 to 100 on the day.")),
        Column("trend", _("12 weeks"), "spark", sort=False, help=_("The score, week by week."), scale=(0, 100)),
        Column("change", _("Change"), "points", help=_("The score against 28 days before, in points.")),
        GROUP,
        TAGS,
        *(_role_column(key, role, shown=role is roles[0]) for key, role in in_charge.items()),
        *(_metric_column(metrics[key], shown=True) for key in leading),
        *(_metric_column(metrics[key], shown=metrics[key].is_key) for key in others),
    ]
    return ListColumns(columns, {key: metrics[key] for key in (*leading, *others)}, in_charge)


def _metric_column(metric: Metric, *, shown: bool) -> Column:
    kind: Kind = "relative" if metric.key == LAST_SEEN else _KINDS.get(metric.unit, "number")
    return Column(
        metric.key, LABELS.get(metric.key) or metric_label(metric), kind, shown=shown, help=metric_label(metric)
    )


def _role_column(key: str, role: AssignmentRole, *, shown: bool) -> Column:
    return Column(key, str(role), sort=False, shown=shown, help=gettext("Who is in charge of the customer."))


def _says_something(metric: Metric) -> bool:
    """False for a number that is the same for every account."""
    return bool(metric.spec.get("kind") != MetricKind.ALL_FEATURES)
