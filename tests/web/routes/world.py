"""The cast and what is there to be asked for: an account of csm's, and rows of every kind."""

from dataclasses import dataclass

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole, UserLink
from tenure.events.models import Source
from tenure.events.sources import create_source
from tenure.jobs.models import Job
from tenure.jobs.queue import enqueue
from tenure.people.models import Department, Member, Role, Scope

ANONYMOUS = "anonymous"
#: name: (role, department, scope of their own). stranger is a member with no book at all.
CAST: dict[str, tuple[Role, str, str]] = {
    "stranger": (Role.CSM, "", ""),
    "viewer": (Role.VIEWER, "", ""),
    "contributor": (Role.CONTRIBUTOR, "", ""),
    "csm": (Role.CSM, "East", ""),
    "other_csm": (Role.CSM, "East", ""),
    "other_leader": (Role.LEADER, "Sales", ""),
    "leader": (Role.LEADER, "Success", Scope.TREE),
    "admin": (Role.ADMIN, "", ""),
    "owner": (Role.OWNER, "", ""),
    "deactivated": (Role.ADMIN, "", ""),
}
OUTSIDE = frozenset({ANONYMOUS, "deactivated"})  # nobody is signed in
MEMBERS = frozenset(CAST) - OUTSIDE

#: Who asks everything in the fast part, too; all others do so with the slow tests.
AT_ONCE = frozenset({ANONYMOUS, "csm"})
SEES = frozenset({"viewer", "csm", "leader", "admin", "owner"})  # the account
WORKS_ON_IT = SEES - {"viewer"}  # and may change something of it
LEADS_IT = frozenset({"leader", "admin", "owner"})
OPERATORS = frozenset({"admin", "owner"})
OWNERS = frozenset({"owner"})
LEADERS = frozenset({"leader", "other_leader"}) | OPERATORS
WORKS = MEMBERS - {"viewer"}


@dataclass
class World:
    """`account` is csm's; `other` is other_csm's; contributor is the analyst of a third."""

    people: dict[str, Member]
    account: Account
    other: Account

    def source(self) -> Source:
        return Source.objects.first() or create_source("App", actor=None)

    def job(self) -> Job:
        return Job.objects.first() or enqueue("close_history")

    def csm(self) -> Member:
        return self.people["csm"]

    def user(self) -> int:
        """A user of the account."""
        return UserLink.objects.filter(account=self.account).order_by("user")[0].user_id


def build() -> World:
    """Of the twelve accounts of tests.web.customers.company, whose names must be there."""
    success = Department.objects.create(name="Success")
    places = {"Success": success, "East": Department.objects.create(name="East", parent=success)}
    places["Sales"] = Department.objects.create(name="Sales")
    people = {
        name: Member.objects.create_user(
            f"{name}@tenure.example",
            name=name,
            role=role,
            scope=scope,
            department=places.get(place),
            is_active=name != "deactivated",
        )
        for name, (role, place, scope) in CAST.items()
    }
    accounts = list(Account.objects.order_by("pk")[:3])
    for account, name, role in zip(
        accounts, ("csm", "other_csm", "contributor"), ("csm", "csm", "analyst"), strict=True
    ):
        assign([account.pk], AssignmentRole.objects.get(key=role), people[name], None)
    return World(people, accounts[0], accounts[1])
