"""Invitations: who may become a member, as what, until when."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.people.models.department import Department
from tenure.people.models.member import Member, Role, Scope


class InvitationState(models.TextChoices):
    OPEN = "open", _("Invited")
    EXPIRED = "expired", _("Link expired")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Revoked")


class Invitation(models.Model):
    """Somebody may join. `serial` counts the links that were sent: only the latest works."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    language = models.CharField(max_length=10)
    serial = models.PositiveIntegerField(default=1)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    member = models.OneToOneField(Member, models.SET_NULL, null=True, related_name="invitation")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def state(self, now: datetime) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED
