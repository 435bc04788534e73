"""What operators must know, and the backups that were made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    WAREHOUSE_REBUILT = "warehouse_rebuilt", _("The warehouse was damaged and is being rebuilt")
    BACKUP_FAILED = "backup_failed", _("The backup failed")
    BACKUP_DAMAGED = "backup_damaged", _("A backup is not whole any more")


class Notice(models.Model):
    """Something that happened by itself and stays on screen until somebody has read it."""

    kind = models.CharField(max_length=40, choices=NoticeKind.choices)
    detail = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)


class Backup(models.Model):
    """A backup in the backups folder. `position` is the inbox id up to which its warehouse holds everything.

    verified_at  when it was last found whole; null once it was found that it is not
    """

    name = models.CharField(max_length=60, unique=True)
    position = models.BigIntegerField()
    bytes = models.BigIntegerField()
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
