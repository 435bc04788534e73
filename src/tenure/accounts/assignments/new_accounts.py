"""New accounts get somebody in charge by themselves, where a role has a rule for it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.accounts.assignments.dealing import deal
from tenure.accounts.assignments.roles import subject_of
from tenure.accounts.assignments.verbs import Move, assign_by_rule
from tenure.accounts.models import Account, Assignment, AssignmentRole, AssignmentRule, Way
from tenure.activity.naming import said, told
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.jobs.queue import enqueue
from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.people.models import Member

#: The job that applies the rules.
JOB = "assign_new_accounts"

RULE_SET = verb(
    "rule.set",
    gettext_lazy("{by} had new customers assigned as {subject}: {way}"),
    False,
    words={"subject": said, "way": lambda way: Way(way).label},
)
RULE_ENDED = verb(
    "rule.ended",
    gettext_lazy("{by} ended the assignment of new customers as {subject}"),
    False,
    words={"subject": said},
)


def set_rule(role: AssignmentRole, way: Way, members: Sequence[Member], actor: Member) -> AssignmentRule:
    """Has accounts created from now on assigned in the role; replaces the role's rule."""
    with transaction.atomic():
        AssignmentRule.objects.filter(role=role).delete()
        rule = AssignmentRule.objects.create(role=role, way=way, since=clock.now(), set_by=actor)
        rule.members.set(members)
        detail = {"way": way.value, "members": [str(member) for member in members], "subject": told([role])}
        record(RULE_SET, actor, subject=subject_of(role), detail=detail)
        return rule


def end_rule(role: AssignmentRole, actor: Member) -> None:
    """Has new accounts wait for somebody to assign them; nothing happens where there is no rule."""
    with transaction.atomic():
        deleted, _rows = AssignmentRule.objects.filter(role=role).delete()
        if deleted:
            record(RULE_ENDED, actor, subject=subject_of(role), detail={"subject": told([role])})


def ask_for_assignment() -> None:
    """Has the rules applied soon, where there are any: accounts were created in this transaction."""
    if AssignmentRule.objects.exists():
        enqueue(JOB, key=JOB)


def assign_new_accounts(run: Run) -> dict[str, object]:
    """Applies every rule to the accounts created since it was set that never had anybody in its role."""
    return {rule.role.key: apply(rule) for rule in AssignmentRule.objects.filter(role__archived_at=None)}


def apply(rule: AssignmentRule) -> int:
    """How many accounts got somebody; none when all its members were deactivated."""
    with transaction.atomic():
        rule = AssignmentRule.objects.select_for_update().select_related("role").get(pk=rule.pk)
        members = list(rule.members.filter(is_active=True).order_by("pk").values_list("pk", flat=True))
        had = Assignment.objects.filter(role=rule.role).values("account")
        new = Account.objects.filter(created_at__gte=rule.since).exclude(pk__in=had).order_by("pk")
        accounts = dict(new.values_list("pk", "traits"))
        if not members or not accounts:
            return 0
        given = deal(accounts, rule.role_id, members, Way(rule.way), first=rule.dealt)
        assign_by_rule([Move(account, rule.role_id, None, member) for account, member in given.items()])
        rule.dealt += len(given)
        rule.save(update_fields=["dealt"])
        return len(given)
