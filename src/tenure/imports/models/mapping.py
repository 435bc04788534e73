"""How columns were mapped before."""

from django.db import models


class RememberedMapping(models.Model):
    """The mapping last used for a kind and a set of column names; `header` is the digest of the names."""

    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=32)
    mapping = models.JSONField()
    used_at = models.DateTimeField()
    used_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "header"], name="one_mapping_per_header")]
