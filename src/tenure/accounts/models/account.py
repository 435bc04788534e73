"""Accounts: the vendor's customers."""

from django.db import models


class Account(models.Model):
    """A customer. `traits` is the projection of the current facts, written in the same transaction as they are.

    `next_fact_at` is when a fact that is recorded already comes to be true: then the projection changes by itself.
    `parent` is the account above it: a company's group, a business line's company. A merged account lives on in
    `merged_into`; what belongs to it stays with it and is read there (accounts.merging.members).
    `only_in_files`: nothing names it but rows of imported files (AccountMention); once those are taken back, it goes,
    unless something keeps it: accounts.leaving.
    """

    external_id = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=300, blank=True)
    traits = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    only_in_files = models.BooleanField(default=False)
    next_fact_at = models.DateTimeField(null=True, db_index=True)
    first_day = models.DateField(null=True)  # first event or first fact, whichever is earlier; grows only backwards
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_accounts")

    def __str__(self) -> str:
        return self.name or self.external_id
