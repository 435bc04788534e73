"""A catalogue written by hand, for tests that need no database."""

from tenure.core.conditions.fields import DayColumn, FactField, Field, FieldType, FirstDay, Given
from tenure.segments.catalogue import Catalogue, Entry, Group

STATES = {"not_enough_data": 0, "at_risk": 1, "average": 2, "healthy": 3}
CATALOGUE = Catalogue(
    [
        Group(
            "all",
            "All",
            [
                Entry(Field("metric.events", FieldType.NUMBER, DayColumn("m1"), window_days=7), "Value events"),
                Entry(Field("metric.breadth", FieldType.SHARE, DayColumn("m2")), "Breadth"),
                Entry(Field("metric.since", FieldType.DAYS, DayColumn("m3")), "Days since the last event"),
                Entry(
                    Field("health.state", FieldType.CHOICE, DayColumn("health_state", STATES), options=tuple(STATES)),
                    "Health",
                    [("at_risk", "At risk"), ("average", "Average")],
                ),
                Entry(
                    Field("fact.budget", FieldType.MONEY, FactField("budget")), "Budget", currency="USD"
                ),
                Entry(Field("fact.industry", FieldType.TEXT, FactField("industry")), "Industry"),
                Entry(
                    Field("fact.chances", FieldType.CHOICES, FactField("chances"), options=("seats", "term")),
                    "Growth chances",
                    [("seats", "More seats"), ("term", "Longer term")],
                ),
                Entry(Field("fact.trained", FieldType.YES_NO, FactField("trained")), "Training held"),
                Entry(Field("account.first_day", FieldType.DATE, FirstDay()), "First seen"),
                Entry(Field("charge.csm", FieldType.MEMBER, Given("csm")), "CSM"),
            ],
        )
    ],
    members=[(3, "Ann"), (4, "Bo")],
)  # fmt: skip
