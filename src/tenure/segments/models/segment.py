"""A segment: a condition with a name, and who may use it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sharing(models.TextChoices):
    """Who sees a segment beside its owner: see segments.access."""

    PRIVATE = "private", _("Only its owner")
    TEAM = "team", _("Team")
    ALL = "all", _("Everybody")


class Segment(models.Model):
    """`condition` is a document of core.conditions.document. Which accounts it means is asked for a day.

    Each change of it is a `version`; who entered and left by `followed_version` Membership says (segments.following).
    `owner` is null once the member was erased. An archived one can be restored; addresses that name it still work.
    """

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    condition = models.JSONField()
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.PRIVATE)
    owner = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="segments")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    followed_version = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "archived_at"])]

    def __str__(self) -> str:
        return self.name
