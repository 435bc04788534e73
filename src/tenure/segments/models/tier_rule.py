"""How customers are put into tiers."""

from django.db import models


class TierRule(models.Model):
    """A version of the rule, never changed; the latest counts. `by` empty: from then on no rule puts anybody anywhere.

    by      the field of conditions whose number decides: "fact.paid_amount", "metric.opened_users"
    cut     core.tiers.Cut
    steps   [{"tier", "at"}] from the best tier down; the tier field's last option is the rest
    """

    version = models.PositiveIntegerField(unique=True)
    by = models.CharField(max_length=210, blank=True)
    cut = models.CharField(max_length=10, blank=True)
    steps = models.JSONField(default=list)
    made_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
