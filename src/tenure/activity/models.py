"""What was done: one row for each verb that changed something, written in the verb's own transaction."""

from django.db import models


class Activity(models.Model):
    """Somebody or something did something. The timeline shows it at `at`, the audit log at `recorded_at`.

    verb       name of an activity.verbs.Verb
    at         when it happened; a visit written down later happened before it was recorded
    actor      the member who did it; null for a job, an import, the system, and once a member was erased
    by         who did it in words, as they were called then
    subject_*  what it was done to, with its name at the time: kind "member", id 7; empty where it is the accounts alone
    detail     small facts of the verb, such as {"before": …, "after": …}; the words of verbs.Verb.says come from here
    text       what people wrote, for the search
    address    the client's network address, where the verb came over the web; else empty
    """

    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recorded_at", "id"]),
            models.Index(fields=["verb", "recorded_at"]),
            models.Index(fields=["actor", "recorded_at"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by}"


class AccountActivity(models.Model):
    """An activity concerns an account: one row each, so that one verb over many accounts is one activity.

    `at` repeats Activity.at for the index of the timeline. `detail` is what is particular to the account.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="accounts")
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="activities")
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["account", "at", "activity"])]
        constraints = [models.UniqueConstraint(fields=["activity", "account"], name="one_row_per_activity_and_account")]
