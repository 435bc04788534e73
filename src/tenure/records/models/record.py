"""What all records have."""

from typing import ClassVar

from django.db import models


class Record(models.Model):
    """Something another system keeps about an account, as it was told last.

    `key` is its id there, "" where it has none; `at` when it began; `more` what there is no field for.
    SAYS are the fields a file can say, TEXTS those of them that people wrote.
    """

    SAYS: ClassVar[tuple[str, ...]] = ()
    TEXTS: ClassVar[tuple[str, ...]] = ()

    account = models.ForeignKey("accounts.Account", models.CASCADE)
    key = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    more = models.JSONField(default=dict)
    source = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["account", "at", "id"])]
