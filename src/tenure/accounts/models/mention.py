"""Which imported files name the accounts that only files name, and what became of those when a file was taken back."""

from django.db import models

from tenure.accounts.models.account import Account


class AccountMention(models.Model):
    """Rows of an imported file name an account that nothing but files named so far; `file` is the import's number."""

    file = models.CharField(max_length=20)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "account"], name="one_account_mention_per_file")]


class Departure(models.Model):
    """A file was taken back: of a part of the accounts that it mentioned, `went` are gone.

    `stayed` maps what keeps the others (accounts.leaving.traces.Why) to how many; `body` is the inbox id of the body
    with which it was done, once.
    """

    file = models.CharField(max_length=20, db_index=True)
    body = models.BigIntegerField(unique=True)
    went = models.PositiveIntegerField()
    stayed = models.JSONField(default=dict)
