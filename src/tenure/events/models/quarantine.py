"""What was refused, with its reason and the raw item."""

from django.db import models


class QuarantinedItem(models.Model):
    """One refused item. (body, place) is unique, so loading a body again adds nothing.

    `body` is the inbox id, or null for a request refused before the inbox; `place` the item's index in the body.
    `file_row` says which row of which file it was, so importing the file again adds nothing; null when it was none.
    """

    body = models.BigIntegerField(null=True)
    place = models.IntegerField(default=0)
    file_row = models.CharField(max_length=60, null=True, unique=True)
    source = models.ForeignKey("events.Source", models.SET_NULL, null=True)
    wire_format = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, db_index=True)  # events.reasons.Reason
    detail = models.CharField(max_length=500, blank=True)
    raw = models.TextField(blank=True)  # at most 32 KiB of it
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "place"], name="one_row_per_refused_item")]
