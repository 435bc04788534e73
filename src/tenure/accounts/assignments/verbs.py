"""Putting members in charge of accounts, taking them off, handing accounts over, and taking that back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Assignment, AssignmentChange, AssignmentRole
from tenure.activity import naming
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member

_WORDS = {"role": naming.said}
ASSIGNED = verb(
    "assignment.assigned", gettext_lazy("{by} put {after} in charge as {role}; before: {before}"), words=_WORDS
)
ENDED = verb("assignment.ended", gettext_lazy("{by} took {before} off as {role}"), words=_WORDS)
HANDED_OVER = verb(
    "assignment.handed_over", gettext_lazy("{by} handed over as {role} from {before} to {after}"), words=_WORDS
)
BY_RULE = verb(
    "assignment.by_rule",
    gettext_lazy("{after} came in charge as {role} by the rule for new customers"),
    words=_WORDS,
    keeps=False,
)
UNDONE = verb("assignment.undone", gettext_lazy("{by} took back a change of who is in charge"), keeps=False)


class BookChanged(TenureError):
    """Somebody else changed who is in charge since this was looked at; nothing was changed."""


class BadTime(TenureError):
    """A change counts from a time that lies ahead, or before the assignment it ends began."""


class AlreadyUndone(TenureError):
    """The change was undone before."""


class Move(NamedTuple):
    """In the role, the turn of the member `ends` is over and that of `begins` starts; None: nobody's."""

    account_id: int
    role_id: int
    ends: int | None
    begins: int | None


def assign(
    account_ids: Collection[int],
    role: AssignmentRole,
    member: Member,
    actor: Member | None,
    *,
    since: datetime | None = None,
    reason: str = "",
) -> AssignmentChange:
    """Puts the member in charge, in place of whoever is where the role allows one. Those in charge already stay.

    Raises BadTime.
    """
    with transaction.atomic():
        found = _read(account_ids, [role.pk])
        moves = []
        for account_id in account_ids:
            members = list(found.held.get((account_id, role.pk), ()))
            if member.pk in members:
                continue
            ends = None if role.several or not members else members[0]
            moves.append(Move(account_id, role.pk, ends, member.pk))
        return _change(ASSIGNED, moves, found, actor, since, reason)


def unassign(
    account_ids: Collection[int],
    role: AssignmentRole,
    member: Member,
    actor: Member | None,
    *,
    since: datetime | None = None,
    reason: str = "",
) -> AssignmentChange:
    """Takes the member off where they are in charge in the role. Raises BadTime."""
    with transaction.atomic():
        found = _read(account_ids, [role.pk])
        mine = [account_id for account_id in account_ids if member.pk in found.held.get((account_id, role.pk), ())]
        return _change(ENDED, [Move(each, role.pk, member.pk, None) for each in mine], found, actor, since, reason)


def hand_over(
    moves: Sequence[Move], actor: Member | None, *, since: datetime | None = None, reason: str = ""
) -> AssignmentChange:
    """Does all the moves or none. Raises BookChanged when one does not fit what is so by now, and BadTime."""
    with transaction.atomic():
        return _change(HANDED_OVER, moves, _read_for(moves), actor, since, reason)


def assign_by_rule(moves: Sequence[Move]) -> AssignmentChange:
    """What a rule for new accounts does; nobody is its actor. Raises BookChanged."""
    with transaction.atomic():
        return _change(BY_RULE, moves, _read_for(moves), None, None, "")


def undo(change: AssignmentChange, actor: Member | None) -> None:
    """Puts back what the change found, but where somebody changed it again since. Raises AlreadyUndone.

    Nothing is deleted: what the change made is withdrawn, and what it ended goes on in rows of their own.
    """
    with transaction.atomic():
        open_changes = AssignmentChange.objects.filter(pk=change.pk, undone_at=None)
        if not open_changes.update(undone_at=clock.now(), undone_by=actor):
            raise AlreadyUndone(_("This was undone already."))
        begun = list(change.begun.select_related("role"))
        lasting = [each for each in begun if each.until is None or each.ended_id == change.pk]
        changed_again = {(e.account_id, e.role_id) for e in begun if e.until is not None and e.ended_id != change.pk}
        Assignment.objects.filter(pk__any_of=[each.pk for each in lasting]).update(withdrawn=change)
        ended = list(change.ended.exclude(began=change).select_related("role"))
        held = _read({each.account_id for each in ended}, {each.role_id for each in ended}).held
        back = []
        for each in ended:
            place = each.account_id, each.role_id
            members = held.get(place, {})
            if place not in changed_again and each.member_id not in members and (each.role.several or not members):
                back.append(each)
        Assignment.objects.filter(pk__any_of=[each.pk for each in back]).update(withdrawn=change)
        Assignment.objects.bulk_create([_going_on(each, change) for each in back], batch_size=500)
        record(UNDONE, actor, accounts={each.account_id for each in (*lasting, *ended)})


def _going_on(ended: Assignment, undone: AssignmentChange) -> Assignment:
    """The assignment as if it had not been ended."""
    return Assignment(
        account_id=ended.account_id,
        role_id=ended.role_id,
        member_id=ended.member_id,
        since=ended.since,
        began_id=ended.began_id,
        restored=undone,
    )


class Found(NamedTuple):
    """What is so when a change begins: the roles by key, and who is in charge by (account, role): by member."""

    roles: dict[int, AssignmentRole]
    held: dict[tuple[int, int], dict[int, Assignment]]


def _read(account_ids: Collection[int], role_ids: Collection[int]) -> Found:
    """Reads it so that no other change in these roles comes between."""
    locked = AssignmentRole.objects.select_for_update().filter(pk__in=role_ids).order_by("pk")
    found = Found({role.pk: role for role in locked}, {})
    rows = Assignment.objects.filter(until=None, role__in=role_ids, account_id__any_of=list(account_ids))
    for each in rows.order_by("since", "pk"):
        found.held.setdefault((each.account_id, each.role_id), {})[each.member_id] = each
    return found


def _read_for(moves: Sequence[Move]) -> Found:
    return _read({each.account_id for each in moves}, {each.role_id for each in moves})


def _change(
    said: Verb, moves: Sequence[Move], found: Found, actor: Member | None, since: datetime | None, reason: str
) -> AssignmentChange:
    now = clock.now()
    since = since or now
    if since > now:
        raise BadTime(_("A change of who is in charge cannot count from a time that lies ahead."))
    change = AssignmentChange.objects.create(by=actor, at=since, recorded_at=now, reason=reason.strip()[:300])
    if moves:
        _end(moves, found, change)
        _begin(moves, found, change)
        _record(said, moves, found.roles, change, actor)
    return change


def _end(moves: Sequence[Move], found: Found, change: AssignmentChange) -> None:
    """Ends what the moves end, after checking that it is as they say."""
    ending = []
    for account_id, role_id, ends, _begins in moves:
        members = found.held.get((account_id, role_id), {})
        alone = not found.roles[role_id].several
        if (ends is not None and ends not in members) or (alone and set(members) - {ends}):
            raise BookChanged(_("Somebody changed who is in charge meanwhile. Look again; nothing was changed."))
        if ends is not None:
            ending.append(members.pop(ends))
    if any(each.since > change.at for each in ending):
        raise BadTime(_("That is before the assignment began that ends by it. Choose a later day."))
    if ending:
        Assignment.objects.filter(pk__any_of=[each.pk for each in ending]).update(until=change.at, ended=change)


def _begin(moves: Sequence[Move], found: Found, change: AssignmentChange) -> None:
    new = {
        (account_id, role_id, begins): Assignment(
            account_id=account_id, role_id=role_id, member_id=begins, since=change.at, began=change
        )
        for account_id, role_id, _ends, begins in moves
        if begins is not None and begins not in found.held.get((account_id, role_id), {})
    }
    Assignment.objects.bulk_create(new.values(), batch_size=500)


def _record(
    said: Verb,
    moves: Sequence[Move],
    roles: Mapping[int, AssignmentRole],
    change: AssignmentChange,
    actor: Member | None,
) -> None:
    members = {key for each in moves for key in (each.ends, each.begins) if key is not None}
    names = {member.pk: str(member) for member in Member.objects.filter(pk__in=members)}

    def told(some: Sequence[Move]) -> Mapping[str, Any]:
        return {
            "role": naming.told(roles[key] for key in dict.fromkeys(each.role_id for each in some)),
            "before": _listed(names[each.ends] for each in some if each.ends is not None),
            "after": _listed(names[each.begins] for each in some if each.begins is not None),
            "reason": change.reason,
        }

    by_account: dict[int, list[Move]] = {}
    for each in moves:
        by_account.setdefault(each.account_id, []).append(each)
    subjects = {each.ends or each.begins for each in moves}
    subject = subjects.pop() if len(subjects) == 1 else None
    record(
        said,
        actor,
        subject=Subject("member", subject, names[subject]) if subject else None,
        accounts={account_id: told(some) for account_id, some in by_account.items()},
        at=change.at,
        detail=told(moves),
        text=change.reason,
    )


def _listed(names: Iterable[str]) -> str:
    """Each name once, in the order they come."""
    return ", ".join(dict.fromkeys(names))
