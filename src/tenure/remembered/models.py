"""The one row that changes with the definitions."""

from django.db import models


class Stamp(models.Model):
    """`value` is drawn anew when a row of a watched table is written. Without the one row nothing is remembered."""

    value = models.CharField(max_length=36)

    def __str__(self) -> str:
        return self.value
