"""Who was in a segment from when until when, as it was seen then."""

from django.db import models


class Membership(models.Model):
    """The account was in the segment for entered_at <= time < left_at; null: it is in it still.

    `entered` and `left` hold what was seen: {"day": the day with numbers that was looked at, "version": the
    segment's, "values": {field: value}, "because": the same in words, by language}. `began_by_change` and
    `ended_by_change`: the condition had become another one, not the account. Numbers of past days that are computed
    again change nothing here.
    """

    segment = models.ForeignKey("segments.Segment", models.CASCADE, related_name="memberships")
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="memberships")
    entered_at = models.DateTimeField()
    entered = models.JSONField(default=dict)
    began_by_change = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    left = models.JSONField(default=dict)
    ended_by_change = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "entered_at"]),
            models.Index(fields=["segment", "left_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "account"],
                condition=models.Q(left_at=None),
                name="in_a_segment_once",
            )
        ]
