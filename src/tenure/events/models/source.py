"""Sources: where events come from, and the write keys they come with."""

from django.db import models

#: Names tried in order, in the event's own properties, when a message names no group.
DEFAULT_ACCOUNT_PROPERTIES = (
    "account_id",
    "accountId",
    "company_id",
    "companyId",
    "groupId",
    "group_id",
    "$group_0",
)


def default_account_properties() -> list[str]:
    return list(DEFAULT_ACCOUNT_PROPERTIES)


class Source(models.Model):
    """One sender: a product, an app, a site. `group_type` is which of an SDK's groups is the account."""

    name = models.CharField(max_length=120, unique=True)
    account_properties = models.JSONField(default=default_account_properties)
    group_type = models.CharField(max_length=60, blank=True)  # empty: company, account, organization, then any
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    archived_at = models.DateTimeField(null=True)
    first_event_at = models.DateTimeField(null=True)  # arrival of the first loaded event
    last_event_at = models.DateTimeField(null=True)
    latest = models.JSONField(default=list)  # up to five latest loaded: {"time", "event", "user", "account"}

    def __str__(self) -> str:
        return self.name


class WriteKey(models.Model):
    """A key may only write. Rotating makes a second one; revoking is a row with its author and time."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True)
