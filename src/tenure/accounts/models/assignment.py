"""Who of the vendor looks after which account: roles, spans of time, decisions behind them, rules for new accounts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class AssignmentRole(models.Model):
    """What a member may be in charge of an account as: CSM, sales … `names` are in other languages, by code.

    Of a role that allows several, any number of members may be in charge of an account at a time; else one.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    several = models.BooleanField(default=False)
    place = models.PositiveIntegerField(default=0)  # its order among the roles
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return str(self.names.get(get_language() or "") or self.name)


class AssignmentChange(models.Model):
    """One decision about who is in charge, over any number of accounts: by whom, from when on, why.

    Undone, the assignments it began are withdrawn and those it ended go on; both stay readable as they were known.
    """

    by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")


class _Standing(models.Manager["Assignment"]):
    """The assignments that count by what is known now."""

    def get_queryset(self) -> models.QuerySet["Assignment"]:
        return super().get_queryset().filter(withdrawn=None)


class Assignment(models.Model):
    """The member is in charge of the account in the role for since <= time < until; None: until further notice.

    `began` and `ended` are the decisions; their `recorded_at` says since when each was known. A row is never deleted:
    when a decision is undone, the rows it touched are `withdrawn` with it, and what goes on is a new row, `restored`
    by that undoing. `objects` leaves out what is withdrawn; `recorded` has every row.
    """

    objects: ClassVar[models.Manager["Assignment"]] = _Standing()
    recorded: ClassVar[models.Manager["Assignment"]] = models.Manager()

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="assignments")
    role = models.ForeignKey(AssignmentRole, models.PROTECT, related_name="assignments")
    member = models.ForeignKey("people.Member", models.PROTECT, related_name="assignments")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    began = models.ForeignKey(AssignmentChange, models.PROTECT, related_name="begun")
    ended = models.ForeignKey(AssignmentChange, models.PROTECT, null=True, related_name="ended")
    withdrawn = models.ForeignKey(AssignmentChange, models.PROTECT, null=True, related_name="withdrawn", db_index=False)
    restored = models.ForeignKey(AssignmentChange, models.PROTECT, null=True, related_name="restored")

    class Meta:
        indexes = [
            models.Index(fields=["member", "until", "account"]),
            models.Index(fields=["account", "role", "until"]),
            # Of those alone that are: nearly none is, and SQLite would look for these by it.
            models.Index(
                fields=["withdrawn"], condition=models.Q(withdrawn__isnull=False), name="assignments_withdrawn"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "member"],
                condition=models.Q(until=None, withdrawn=None),
                name="in_charge_once_at_a_time",
            )
        ]


class Way(models.TextChoices):
    """How accounts are dealt out among members."""

    ROUND_ROBIN = "round_robin", _("In turn")
    LEAST_ACCOUNTS = "least_accounts", _("To whoever has the fewest customers")
    LEAST_MRR = "least_mrr", _("To whoever has the least MRR")


class AssignmentRule(models.Model):
    """New accounts get somebody in charge by themselves: in this role, one of these members, chosen in this way.

    It counts for accounts created from `since` on. `dealt` is how many it assigned: whose turn it is.
    """

    role = models.OneToOneField(AssignmentRole, models.CASCADE, related_name="rule")
    way = models.CharField(max_length=20, choices=Way.choices)
    members = models.ManyToManyField("people.Member", related_name="+")
    since = models.DateTimeField()
    dealt = models.PositiveIntegerField(default=0)
    set_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
