"""Jobs and schedules are rows: seen, retried and stopped like anything else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class Job(models.Model):
    """One piece of work. At least once: a worker that dies lets its lease run out and another takes over."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)  # a handler may write what is left to do here (run.remember)
    key = models.CharField(max_length=200, blank=True)  # same key, same work: one waits and one runs at most
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    attempts = models.IntegerField(default=0)
    done_units = models.IntegerField(default=0)
    total_units = models.IntegerField(default=0)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    stop_asked_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="waiting") & ~Q(key=""), name="one_waiting_job_per_key"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="running") & ~Q(key=""), name="one_running_job_per_key"
            ),
        ]


class Schedule(models.Model):
    """A kind of job that comes again: every so many seconds, or daily at a time of the workspace's zone."""

    kind = models.CharField(max_length=60, unique=True)
    every_s = models.IntegerField(null=True)
    daily_at = models.TimeField(null=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
