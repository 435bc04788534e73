"""Contacts: the people of a customer one talks to."""

from enum import IntFlag

from django.db import models
from django.utils.translation import gettext

from tenure.accounts.models.account import Account
from tenure.accounts.models.user import User


class DecisionRole(IntFlag):
    """What a contact is in the decision for the product; one person may be several."""

    DECISION_MAKER = 1
    CHAMPION = 2
    USER = 4
    BLOCKER = 8


class Contact(models.Model):
    """A person at a customer. `user` is the end user they are, where they use the product themselves.

    phones       as they were written, the first one first
    roles        the bits of DecisionRole
    search_text  everything a search looks in, folded: see contacts.details.search_text
    left_on      the day they left the customer; null while they are there
    removed_at   taken out of sight, which can be undone; an erased one, which has no name, stays out of sight
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    external_id = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=300)
    phones = models.JSONField(default=list)
    wechat = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=200, blank=True)
    roles = models.PositiveSmallIntegerField(default=0)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="contacts")
    source = models.CharField(max_length=100, blank=True)
    search_text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["removed_at", "name", "id", "account"]),  # a page of the list
            models.Index(fields=["account", "name"]),
            models.Index(fields=["removed_at", "roles", "left_on", "account"]),  # what the list's filters count
        ]

    def __str__(self) -> str:
        return self.name or gettext("Erased contact")
