"""Facts about accounts."""

from django.db import models

from tenure.accounts.models.account import Account


class Fact(models.Model):
    """What was learnt about an account: append-only, with the time it was true from and the time it was recorded.

    A fact counts unless a later one `corrects` it. A `withdrawal` says nothing itself: it only takes away what it
    corrects. A value said again adds no row: `confirmed_at` is the latest time it was said before another value came;
    it tells what a late statement may change and plays no part in reading.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="facts")
    field = models.CharField(max_length=200)
    value = models.JSONField(null=True)
    valid_from = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=100)
    actor = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    corrects = models.ForeignKey("self", models.CASCADE, null=True, related_name="corrections")
    withdrawal = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "field", "valid_from"]),
            models.Index(fields=["field", "valid_from"]),
        ]
