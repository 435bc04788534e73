"""A file that belongs to a follow-up."""

from django.db import models


class Attachment(models.Model):
    """`sha256` is the file's content and its place in the data folder (work.files); the type is sniffed from it."""

    follow_up = models.ForeignKey("work.FollowUp", models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name
