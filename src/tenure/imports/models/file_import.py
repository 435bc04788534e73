"""One file, from its upload to its end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("To be mapped")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Ready to import")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class FileImport(models.Model):
    """A file of one kind. Its bytes are in the data folder under `sha256` while `forgotten_at` is null.

    manner     how it is read: encoding, delimiter, sheet (reading.sheet.Manner), and in which language reasons are said
    columns    [{"name", "holds", "order", "unsure", "samples"}] in the file's order
    mapping    which column is what (imports.columns.Mapped); of the command line also what stands for its look-ups
    checked    what the dry run found: {"rows", "new", "changed", "same", "refused", "preview"}; null before it
    done_rows  how far it was imported, in rows; new + changed + same + refused of them, always
    valid_from since when what it says about accounts and users is true, where no column says
    job        the latest job that works or worked on it
    counted_to the name of the source that events and users of it are counted to; empty: the usual one
    system     the sync that sent it: fields that are its own may be written; its bytes go when it is imported
    """

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    format = models.CharField(max_length=20)
    manner = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    checked = models.JSONField(null=True)
    done_rows = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    error = models.TextField(blank=True)
    counted_to = models.CharField(max_length=120, blank=True)
    system = models.CharField(max_length=80, blank=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    valid_from = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """What facts and rows that it brought name as where they came from."""
        return f"{self.name[:80]} (#{self.pk})"
