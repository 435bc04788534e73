"""The types of follow-ups: a small table the operator edits."""

from django.db import models
from django.utils.translation import get_language, pgettext


class FollowUpType(models.Model):
    """A kind of contact with a customer. A built-in one is translated until it is renamed.

    key       stable, in addresses and imports; of a built-in one "visit", of one's own "type-12"
    names     {"en": …, "zh-hans": …}, as far as they are given; empty for a built-in one not renamed
    icon      a name in frontend/icons.txt
    """

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    icon = models.CharField(max_length=40, default="message-circle")
    position = models.IntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The name in the active language, as far as it is known."""
        return self.names.get(get_language() or "") or self.names.get("en") or pgettext("follow-up", self.name)
