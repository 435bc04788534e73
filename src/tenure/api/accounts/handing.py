"""Handing a member's book over: the plan before it is done, doing it, and taking back what one changed."""

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import assignment_changes_for, successors_for, team_of
from tenure.accounts.assignments import verbs
from tenure.accounts.assignments.plans import Plan, make_plan, turns_of
from tenure.accounts.assignments.reading import at, roles_in_use
from tenure.accounts.models import AssignmentChange, AssignmentRole, Way
from tenure.api.accounts.charge import WRITES, Why
from tenure.api.asked import Body, Id, Word
from tenure.api.errors import Refusal, not_found
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.core.allotment import Load
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission

router = Router(tags=["People in charge"])


class HandOver(Body):
    """The book of `member_id` is dealt out among `to`. `roles` are those it goes for; all when left out."""

    member_id: Id
    to: Annotated[list[Id], Field(min_length=1, max_length=200)]
    way: Way = Way.ROUND_ROBIN
    roles: Annotated[list[Word], Field(max_length=100)] = []


class HandOverDone(HandOver):
    reason: Why = ""
    mark: Annotated[str, Field(max_length=16, description="Of the plan that is meant: another is refused.")] = ""


class MoveShown(Schema):
    """A customer goes from one member to another in a role."""

    account_id: int
    role: str
    from_id: int | None
    to_id: int


class LoadShown(Schema):
    """What a member looks after in a role, before and after."""

    role: str
    member_id: int
    accounts_before: int
    accounts_after: int
    mrr_before: float
    mrr_after: float


class PlanShown(Schema):
    """`mark` names this very plan."""

    mark: str
    moves: list[MoveShown]
    loads: list[LoadShown]


class DecisionShown(Schema):
    """A decision of the token's member about who is in charge, of one customer or of many."""

    id: int
    at: datetime
    recorded_at: datetime
    reason: str
    undone_at: datetime | None


@router.post("/hand-overs/plan", response=PlanShown, summary="Preview a hand-over")
@needs(Area.ASSIGNMENTS, Access.READ, Permission.ASSIGN)
def plan_hand_over(request: ApiRequest, body: HandOver) -> PlanShown:
    """Which customer would go to whom; nothing is done."""
    plan, keys = _plan(request, body)
    return PlanShown(
        mark=plan.mark,
        moves=[
            MoveShown(account_id=each.account_id, role=keys[each.role_id], from_id=each.ends, to_id=each.begins)
            for each in plan.moves
            if each.begins is not None
        ],
        loads=[_load(each.role.key, each.member_id, each.before, each.after) for each in plan.shifts],
    )


@router.post("/hand-overs", response={201: DecisionShown}, summary="Hand a member's book over")
@needs(*WRITES)
def create_hand_over(request: ApiRequest, body: HandOverDone) -> Status[DecisionShown]:
    """As one decision, which is undone as a whole."""
    plan, _keys = _plan(request, body)
    if body.mark and body.mark != plan.mark:
        raise verbs.BookChanged(_("Something changed since you looked. Look again; nothing was changed."))
    if not plan.moves:
        raise Refusal(409, _("There is nothing to hand over."))
    return Status(201, _show(verbs.hand_over(plan.moves, request.member, reason=body.reason)))


@router.get("/assignment-changes", response=Page[DecisionShown], summary="List one's own decisions")
@needs(Area.ASSIGNMENTS, Access.READ, Permission.ASSIGN)
def list_assignment_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member decided about who is in charge, the latest first."""
    found = assignment_changes_for(request.member)
    return page_of(found, asked, lambda rows: [_show(each) for each in rows], by="-recorded_at")


@router.post("/assignment-changes/{id}/undoing", response=DecisionShown, summary="Undo a decision")
@needs(*WRITES)
def undo_assignment_change(request: ApiRequest, id: Id) -> DecisionShown:
    """Puts back what it found; refused where somebody changed who is in charge since."""
    change = assignment_changes_for(request.member).filter(pk=id).first()
    if change is None:
        raise not_found()
    verbs.undo(change, request.member)
    change.refresh_from_db()
    return _show(change)


def _plan(request: ApiRequest, asked: HandOver) -> tuple[Plan, dict[int, str]]:
    over = team_of(request.member)
    leaver = Member.objects.filter(pk=asked.member_id).first()
    if leaver is None or (over is not None and leaver.pk not in over):
        raise not_found()
    team = set(successors_for(request.member).exclude(pk=leaver.pk).values_list("pk", flat=True))
    if not team.issuperset(asked.to):
        raise not_found()
    roles = _roles(leaver, asked.roles)
    plan = make_plan(turns_of(leaver.pk, roles), list(dict.fromkeys(asked.to)), asked.way)
    return plan, {each.pk: each.key for each in roles}


def _roles(leaver: Member, keys: list[str]) -> list[AssignmentRole]:
    held = set(at(None).filter(member=leaver).values_list("role", flat=True))
    if unknown := sorted(set(keys) - {each.key for each in roles_in_use()}):
        raise Refusal(422, _("There is no role “%(key)s”.") % {"key": unknown[0]}, path="body.roles")
    return [each for each in AssignmentRole.objects.filter(pk__in=held) if not keys or each.key in keys]


def _load(role: str, member_id: int, before: Load, after: Load) -> LoadShown:
    return LoadShown(
        role=role,
        member_id=member_id,
        accounts_before=before.accounts,
        accounts_after=after.accounts,
        mrr_before=before.mrr,
        mrr_after=after.mrr,
    )


def _show(change: AssignmentChange) -> DecisionShown:
    return DecisionShown(
        id=change.pk,
        at=change.at,
        recorded_at=change.recorded_at,
        reason=change.reason,
        undone_at=change.undone_at,
    )
