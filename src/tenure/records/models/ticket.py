"""A ticket of the support desk."""

from typing import ClassVar

from django.db import models

from tenure.records.models.record import Record


class Ticket(Record):
    """`closed_at` null: still open. `satisfaction` is what the customer said afterwards, on the scale of the desk."""

    SAYS: ClassVar = (
        "at", "closed_at", "subject", "status", "priority", "requester", "first_response_minutes", "satisfaction",
    )  # fmt: skip
    TEXTS: ClassVar = ("subject", "requester")

    closed_at = models.DateTimeField(null=True)
    subject = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=100, blank=True)
    priority = models.CharField(max_length=100, blank=True)
    requester = models.CharField(max_length=200, blank=True)
    first_response_minutes = models.FloatField(null=True)
    satisfaction = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.subject or self.key or f"#{self.pk}"
