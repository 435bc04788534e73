"""Where members are signed in."""

from django.db import models

from tenure.people.models.member import Member


class MemberSession(models.Model):
    """One browser a member is signed in with, for as long as they are. The row gone means signed out there.

    session_key   of Django's session, which a password change gives a new one
    last_seen_at  to the minute
    address       the network address of the latest visit
    browser       what the browser calls itself
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, db_index=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_seen_at"])]

    def __str__(self) -> str:
        return f"{self.member} at {self.address}"
