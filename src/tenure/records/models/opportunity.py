"""A sale that is hoped for, won or lost."""

from typing import ClassVar

from django.db import models

from tenure.records.models.record import Record


class Opportunity(Record):
    """`at` is when it was opened, which a pipeline may not say. `value` is in the currency of the CRM."""

    SAYS: ClassVar = ("at", "closed_on", "name", "stage", "product", "owner", "value")
    TEXTS: ClassVar = ("name", "owner")

    closed_on = models.DateField(null=True)
    name = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=100)
    product = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    value = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.name or self.product or self.key or f"#{self.pk}"
