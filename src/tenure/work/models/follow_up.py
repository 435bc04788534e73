"""A follow-up: somebody of the vendor was in touch with a customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sentiment(models.IntegerChoices):
    """How the customer sounded."""

    BAD = -1, _("Bad")
    NEUTRAL = 0, _("Neutral")
    GOOD = 1, _("Good")


class FollowUp(models.Model):
    """What was said and done, with whom and when. `at` is when it happened, `created_at` when it was written down.

    `sentiment` None: nobody said. An edit keeps the texts of before (EarlierText); a removed one stays, unseen, so that
    removing it can be undone.
    """

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="follow_ups")
    type = models.ForeignKey("work.FollowUpType", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    duration_minutes = models.PositiveIntegerField(null=True)
    notes = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    sentiment = models.SmallIntegerField(choices=Sentiment.choices, null=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    edited_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "at", "id"]),
            models.Index(fields=["at", "id"]),
            models.Index(fields=["created_by", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.at:%Y-%m-%d}"


class EarlierText(models.Model):
    """How a follow-up read before an edit at `until`. `fields` holds what the edit changed, as words for people."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="earlier_texts")
    fields = models.JSONField()
    until = models.DateTimeField()
    edited_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")


class Participant(models.Model):
    """Somebody who took part: a member, a contact, or a person by name alone. `name` is how they were called then."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="participants")
    member = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey("accounts.Contact", models.SET_NULL, null=True, related_name="took_part")
    ours = models.BooleanField()  # of the vendor's side, also once the member is erased
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["member", "follow_up"])]


class Mention(models.Model):
    """The notes name a member: @Ann."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="mentions")
    member = models.ForeignKey("people.Member", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follow_up", "member"], name="one_mention_per_member")]
