"""Files made in the background for one member."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    MAKING = "making", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    GONE = "gone", _("No longer kept")


class Export(models.Model):
    """A list as a file, as a member asked for it.

    `query` is the address of the list with its day and the chosen columns. `total` is how many rows there were when it
    was asked for, `rows` how many the file has.
    """

    listing = models.CharField(max_length=40)
    query = models.TextField()
    format = models.CharField(max_length=8)
    day = models.DateField(null=True)
    language = models.CharField(max_length=10)
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.MAKING)
    total = models.BigIntegerField()
    rows = models.BigIntegerField(null=True)
    bytes = models.BigIntegerField(null=True)
    error = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "asked_at"]), models.Index(fields=["asked_at"])]

    @property
    def standing(self) -> ExportState:
        """The state; a file that is not there any more is gone: backups do not keep it."""
        state = ExportState(self.state)
        return ExportState.GONE if state is ExportState.DONE and not self.path.is_file() else state

    @property
    def kept_until(self) -> datetime:
        """When it is let go of."""
        return self.asked_at + timedelta(days=settings.CONFIG.export_days)

    @property
    def file_name(self) -> str:
        """What the download is called."""
        return f"{self.listing}-{self.day.isoformat()}.{self.format}" if self.day else f"{self.listing}.{self.format}"

    @property
    def path(self) -> Path:
        """Where the file is kept."""
        return settings.CONFIG.exports_path / f"{self.pk}.{self.format}"
