"""What imports brought: by which row a thing is known again, and how it was before it was changed."""

from django.db import models

from tenure.imports.models.file_import import FileImport


class Brought(models.Model):
    """A thing of a kind came by a row with this key; `digest` is what the row last said.

    It is for kinds whose rows carry their own ids, or none: a follow-up knows of neither.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="brought")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_thing_per_key")]


class Replaced(models.Model):
    """An import changed a thing, or made it: `before` is how it was (null: not there), `after` how it left it."""

    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="replaced")
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file_import", "object_id"], name="one_before_per_import")]
