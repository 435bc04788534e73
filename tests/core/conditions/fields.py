"""The fields that tests of conditions ask about: one of each kind."""

from tenure.core.conditions.fields import DayColumn, FactField, Field, Fields, FieldType, FirstDay, Given

FIELDS: Fields = {
    field.key: field
    for field in (
        Field("metric.events_7", FieldType.NUMBER, DayColumn("m1"), window_days=7),
        Field("metric.breadth", FieldType.SHARE, DayColumn("m2")),
        Field("metric.never_written", FieldType.DAYS, DayColumn("m77")),
        Field("health.score", FieldType.NUMBER, DayColumn("health_score")),
        Field(
            "health.state",
            FieldType.CHOICE,
            DayColumn("health_state", {"none": 0, "at_risk": 1, "average": 2, "healthy": 3}),
            options=("healthy", "average", "at_risk", "none"),
        ),
        Field("fact.seats", FieldType.NUMBER, FactField("seats")),
        Field("fact.plan", FieldType.CHOICE, FactField("plan"), options=("basic", "pro")),
        Field("fact.chances", FieldType.CHOICES, FactField("chances"), options=("seats", "product", "term")),
        Field("fact.industry", FieldType.TEXT, FactField("industry")),
        Field("fact.trained", FieldType.YES_NO, FactField("trained")),
        Field("fact.renewal", FieldType.DATE, FactField("renewal")),
        Field("fact.sponsor", FieldType.MEMBER, FactField("sponsor")),
        Field("account.first_day", FieldType.DATE, FirstDay()),
        Field("charge.csm", FieldType.MEMBER, Given("csm")),
    )
}
