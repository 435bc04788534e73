"""Metric definitions and health definitions, versioned."""

from django.db import models


class Metric(models.Model):
    """A metric version. Column `m{id}` of the warehouse's account_day holds its values; a change is a new row."""

    key = models.SlugField(max_length=60)
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=120)  # English for built-in ones, translated on screen
    names = models.JSONField(default=dict)  # of one's own: the name in other languages, by language code
    spec = models.JSONField()  # core.metrics.MetricSpec
    unit = models.CharField(max_length=20)  # count, users, features, days, share
    built_in = models.BooleanField(default=False)
    is_key = models.BooleanField(default=False)  # shown first: a key metric
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    retired_at = models.DateTimeField(null=True)  # replaced by a later version, or archived
    retired_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_row_per_metric_version")]

    def __str__(self) -> str:
        return self.name


class HealthDefinition(models.Model):
    """A version of a health definition: parts (metric, weight), thresholds as fixed at `calibrated_at`.

    `document` is core.health.Definition as JSON. `provisional` says the thresholds come from the current
    distribution instead of accounts that have renewed.
    """

    name = models.CharField(max_length=120)
    version = models.IntegerField(default=1)
    document = models.JSONField()
    provisional = models.BooleanField(default=True)
    sample_size = models.IntegerField(default=0)
    calibrated_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="one_row_per_health_version")]


class CountedSeries(models.Model):
    """A number that another system counts for each account and day. `key` names it in metrics."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class CountedValue(models.Model):
    """The number of an account's day, brought by an import. No row is overwritten: one that is replaced says by which.

    `until` is the import that replaced it, or its own once that was undone; null: it is the value.
    """

    series = models.ForeignKey(CountedSeries, models.CASCADE)
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    day = models.DateField()
    value = models.FloatField()
    brought_by = models.BigIntegerField(db_index=True)
    until = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "account", "day"], condition=models.Q(until=None), name="one_value_per_day"
            )
        ]
        indexes = [
            models.Index(fields=["series", "day"], condition=models.Q(until=None), name="counted_values_of_days"),
            models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="counted_values_replaced"),
        ]
