"""Rows that were not taken."""

from django.db import models

from tenure.imports.models.file_import import FileImport


class Refusal(models.Model):
    """A row that was refused, as it stood in the file, and why.

    `problems` is [[column, value, reason], ...]; the column is "" for what concerns the whole row. `checked` says that
    a dry run found it. `cells` are the texts of the row, or its one text where it has no cells.
    """

    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="refusals")
    checked = models.BooleanField()
    line = models.BigIntegerField()
    problems = models.JSONField()
    cells = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["file_import", "checked", "line"])]
