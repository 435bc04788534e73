"""A next step: what was promised to a customer, by when, by whom."""

from django.db import models


class NextStep(models.Model):
    """A promise. `done_at` and `done_by` say that and by whom it was kept; moving its day is an activity.

    `follow_up` is where it was promised. While that is removed the promise is not seen either.
    """

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="next_steps")
    follow_up = models.ForeignKey("work.FollowUp", models.CASCADE, related_name="next_steps")
    what = models.CharField(max_length=500)
    due = models.DateField()
    owner = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["account", "due"], condition=models.Q(done_at=None), name="open_steps_of_account"),
            models.Index(fields=["owner", "due"], condition=models.Q(done_at=None), name="open_steps_of_owner"),
        ]

    def __str__(self) -> str:
        return self.what
