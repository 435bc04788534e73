"""What became of a sync each time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenure.integrations.models.sync import Sync


class RunState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class SyncRun(models.Model):
    """One run. `rows` = new + changed + same + refused of its pulls.

    cursor_before, cursor_after   as people read them
    usual_rows   the middle one of the last runs, when this one read less than half of it
    asked_by     null: its schedule
    """

    sync = models.ForeignKey(Sync, models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rows = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    cursor_before = models.CharField(max_length=200, blank=True)
    cursor_after = models.CharField(max_length=200, blank=True)
    usual_rows = models.BigIntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["sync", "created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["sync"], condition=Q(state__in=["waiting", "running"]), name="one_sync_run_at_once"
            )
        ]


class Pull(models.Model):
    """One table fetched in a run: a file, or the answer to the query.

    file_import  how it is imported; null once it has nothing to tell: it brought nothing and nothing was refused
    marks        what to remember once it is done: {name: value}
    """

    run = models.ForeignKey(SyncRun, models.CASCADE, related_name="pulls")
    name = models.CharField(max_length=500)
    file_import = models.ForeignKey("imports.FileImport", models.SET_NULL, null=True, related_name="+")
    marks = models.JSONField(default=dict)
    done = models.BooleanField(default=False)
    rows = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="one_pull_per_name")]
