"""Two accounts that were made one."""

from django.db import models

from tenure.accounts.models.account import Account


class AccountMerge(models.Model):
    """`merged` lives on in `survivor`, until it is undone. Account.merged_into says the same of the present.

    `taken` are the fields whose value the survivor took from the merged account, as the facts recorded for that.
    """

    merged = models.ForeignKey(Account, models.CASCADE, related_name="merges")
    survivor = models.ForeignKey(Account, models.CASCADE, related_name="absorbed")
    taken = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at=None), name="one_open_merge_per_account"
            )
        ]
