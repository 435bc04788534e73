"""A plan for a hand-over as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenure.accounts.assignments.plans import Plan
from tenure.accounts.models import Account, AssignmentRole
from tenure.core.allotment import Load
from tenure.people.models import Member
from tenure.web.team.choice import Choice

SHOWN = 300  # rows; a longer book is summed up below them. Each may be a field of the form, of which Django takes 1,000


@dataclass(frozen=True)
class Line:
    """One account in one role: from whom to whom. `field` is the form's, to choose another successor by hand."""

    account: Account
    role: AssignmentRole
    ends: str
    begins: int
    begins_name: str
    mrr: float
    field: str


@dataclass(frozen=True)
class LoadLine:
    """What a member looks after in a role, before and after."""

    name: str
    role: AssignmentRole
    before: Load
    after: Load


@dataclass(frozen=True)
class Preview:
    """`by_hand`: each line's successor can be chosen. `more` lines are not shown."""

    lines: Sequence[Line]
    loads: Sequence[LoadLine]
    moves: int
    more: int
    by_hand: bool
    has_mrr: bool
    mark: str


def preview(plan: Plan, choice: Choice) -> Preview:
    """The plan with names."""
    keys = {key for move in plan.moves for key in (move.ends, move.begins) if key is not None}
    names = {member.pk: str(member) for member in Member.objects.filter(pk__any_of=keys)}
    turns = {(turn.account.pk, turn.role.pk): turn for turn in plan.turns}
    lines = []
    for move in plan.moves[:SHOWN]:
        turn = turns[move.account_id, move.role_id]
        begins = move.begins or 0
        lines.append(
            Line(
                turn.account,
                turn.role,
                ends=names[move.ends] if move.ends else "",
                begins=begins,
                begins_name=names.get(begins, ""),
                mrr=turn.mrr,
                field=f"to-{move.role_id}-{move.account_id}",
            )
        )
    return Preview(
        lines,
        [LoadLine(names[each.member_id], each.role, each.before, each.after) for each in plan.shifts],
        moves=len(plan.moves),
        more=max(0, len(plan.moves) - SHOWN),
        by_hand=choice.way is None and len(choice.successors) > 1 and len(plan.moves) <= SHOWN,
        has_mrr=any(turn.mrr for turn in plan.turns),
        mark=plan.mark,
    )
