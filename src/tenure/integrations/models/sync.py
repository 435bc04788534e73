"""What is fetched from where, as what, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alert(models.TextChoices):
    """What whoever runs this installation should know of a sync's last run."""

    NONE = "", _("Well")
    FAILED = "failed", _("Failed")
    FEW_ROWS = "few_rows", _("Far fewer rows than usual")


class Sync(models.Model):
    """One table of another system, imported again and again.

    integration    which system: a key of integrations.all
    settings       where it is and what to ask for, but for secrets
    secrets        passwords, sealed (integrations.sealing); shown to nobody
    kind           what a row is (imports.kinds)
    columns        as they were seen last; samples only until the mapping is chosen (imports.columns.ColumnSeen)
    first_rows     the first rows as texts, until the mapping is chosen
    mapping        which column is what (imports.columns.Mapped); empty: still to be chosen, nothing runs
    locks          the customer fields it writes are owned by it and locked here
    owned          the keys of those that it locked
    cursor_column  rows from its last value on are fetched; empty: all rows each time
    every_s, daily_at  how often, or when in the workspace's zone; neither: only when asked
    next_at        when it runs next by itself; null: never
    alert          about its last run
    language       in which reasons are written down
    """

    name = models.CharField(max_length=80, unique=True)
    integration = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    secrets = models.TextField(blank=True)
    kind = models.CharField(max_length=40)
    columns = models.JSONField(default=list)
    first_rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    locks = models.BooleanField(default=True)
    owned = models.JSONField(default=list)
    cursor_column = models.CharField(max_length=200, blank=True)
    every_s = models.IntegerField(null=True)
    daily_at = models.TimeField(null=True)
    enabled = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True)
    alert = models.CharField(max_length=10, choices=Alert.choices, default=Alert.NONE, blank=True)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """What an integration remembers: under "" how far the cursor is, under a file's path which content was imported."""

    sync = models.ForeignKey(Sync, models.CASCADE, related_name="marks")
    name = models.CharField(max_length=500, blank=True)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sync", "name"], name="one_mark_per_name")]
