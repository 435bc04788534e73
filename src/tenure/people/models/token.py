"""API tokens: how programs act as a member, and what they were answered."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.people.models.member import Member


class Area(models.TextChoices):
    """A part of the API that a token may be let into."""

    ACCOUNTS = "accounts", _("Customers and their fields")
    ASSIGNMENTS = "assignments", _("People in charge")
    CONTACTS = "contacts", _("Contacts")
    USERS = "users", _("Users")
    FOLLOW_UPS = "follow_ups", _("Follow-ups and promises")
    SEGMENTS = "segments", _("Segments, tags, tiers and saved views")
    NUMBERS = "numbers", _("Metrics and health")
    IMPORTS = "imports", _("Imports")
    EVENTS = "events", _("Event catalogue")
    FIELDS = "fields", _("Cards and fields")
    SYNCS = "syncs", _("Syncs")
    JOBS = "jobs", _("Jobs, backups and notices")
    MEMBERS = "members", _("Members")
    AUDIT = "audit", _("Audit log")
    PERSONAL_DATA = "personal_data", _("Personal data")
    EXPORTS = "exports", _("Exports")


class Access(models.TextChoices):
    """How far a token is let into an area; who may write may read."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class TokenState(models.TextChoices):
    ACTIVE = "active", _("In use")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class ApiToken(models.Model):
    """A program acts as the member while the token holds: it sees what they see and does what they may, in scopes.

    prefix        the part of the secret that one may see: finds the row, names the token in logs
    digest        SHA-256 of the whole secret, which is shown once and kept nowhere
    scopes        {Area: Access}; an area left out is closed
    last_used_at  to the minute
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name

    def state(self, now: datetime) -> TokenState:
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.EXPIRED if self.expires_at is not None and self.expires_at <= now else TokenState.ACTIVE

    def allows(self, area: Area, access: Access) -> bool:
        """Whether the token is let into the area so far."""
        return self.scopes.get(area) in {access, Access.WRITE}


class KeptAnswer(models.Model):
    """What was answered to a request with an Idempotency-Key, written in the transaction of what it did.

    request  digest of the method, the address and the body: the same key with another request is refused
    status   0 while the request is being answered
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_key")]
