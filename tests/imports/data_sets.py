"""The whole data sets of others, file by file: how one maps them, and what is to become of their rows.

See shared/data/README.md for what is wrong with them. The core sample is our own and lies with the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.imports.conftest import SHARED

CORE = Path(__file__).parents[1] / "data" / "cs_core_sample"
CRM, RAVEN = SHARED / "crm_sales_opportunities", SHARED / "ravenstack"
#: Who is in charge in the core sample.
CSMS = ("chen", "li", "liu", "wang", "zhang", "zhao")


@dataclass(frozen=True)
class File:
    """`named` maps fields to columns whose names do not say it. `counts`: new, changed, same, refused.

    `reasons` counts the refused rows by (column, beginning of the reason).
    """

    kind: str
    path: Path
    counts: tuple[int, int, int, int]
    named: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)


EMPTY, OTHERS = "This cell must not be empty", "Other lines of the file say something else about the same"
DATA_SETS: Mapping[str, tuple[File, ...]] = {
    "cs_core_sample": (
        File("accounts", CORE / "accounts.csv", (60, 0, 0, 0)),
        File("owners", CORE / "owners.csv", (78, 0, 0, 0)),
        File("follow-ups", CORE / "followups.csv.gz", (1_068, 0, 0, 0)),
        File("survey-answers", CORE / "nps.csv", (86, 0, 0, 0)),
        File("metric-values", CORE / "metrics_daily.csv.gz", (26_860, 0, 0, 0)),
    ),
    "crm_sales_opportunities": (
        File("accounts", CRM / "accounts.csv.gz", (85, 0, 0, 0)),
        File("opportunities", CRM / "sales_pipeline.csv.gz", (7_375, 0, 0, 1_425), reasons={("account", EMPTY): 1_425}),
    ),
    "ravenstack": (
        File("accounts", RAVEN / "ravenstack_accounts.csv.gz", (500, 0, 0, 0)),
        File("tickets", RAVEN / "ravenstack_support_tickets.csv.gz", (2_000, 0, 0, 0)),
        # its subscriptions stand in for users until contracts have a home: usage is told of them
        File("users", RAVEN / "ravenstack_subscriptions.csv.gz", (5_000, 0, 0, 0), {"user": "subscription_id"}),
        File(
            "events",
            RAVEN / "ravenstack_feature_usage.csv.gz",
            (24_958, 0, 0, 42),
            {"id": "usage_id", "user": "subscription_id", "time": "usage_date", "event": "feature_name"},
            {("", OTHERS): 42},
        ),
        File(
            "events",
            RAVEN / "ravenstack_churn_events.csv.gz",
            (600, 0, 0, 0),
            {"id": "churn_event_id", "time": "churn_date", "event": "reason_code"},
        ),
    ),
}
