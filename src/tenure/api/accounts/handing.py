"""Handing a book or some customers over: the plan before it is done, doing it, and taking back what one changed."""

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.accounts.access import accounts_for, assignment_changes_for, successors_for, team_of
from tenure.accounts.assignments import verbs
from tenure.accounts.assignments.plans import Plan, Turn, make_plan, turns_of, turns_on
from tenure.accounts.assignments.reading import at, roles_in_use
from tenure.accounts.models import AssignmentChange, AssignmentRole, Way
from tenure.api.accounts.charge import WRITES, Why
from tenure.api.asked import Body, Id, Word
from tenure.api.errors import Refusal, not_found
from tenure.api.found import all_of, one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.core.allotment import Load
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission

router = Router(tags=["People in charge"])


class Choice(Body):
    """Who gets a customer in a role, by hand."""

    account_id: Id
    role: Word
    to_id: Id


class HandOver(Body):
    """The book of `member_id` in `roles`, in all when left out; or `account_ids` in the one role of `roles`, whoever is
    in charge of them, and also where nobody is. They are dealt out among `to`. With `choices` it is done by hand: what
    they leave out goes to the first of `to`.
    """

    member_id: Id | None = None
    account_ids: Annotated[list[Id], Field(max_length=2_000)] = []
    to: Annotated[list[Id], Field(min_length=1, max_length=200)]
    way: Way = Way.ROUND_ROBIN
    choices: Annotated[list[Choice], Field(max_length=2_000)] = []
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


@router.post("/hand-overs", response={201: DecisionShown}, summary="Hand a book or some customers over")
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
    change = one(assignment_changes_for(request.member).filter(pk=id))
    verbs.undo(change, request.member)
    change.refresh_from_db()
    return _show(change)


def _plan(request: ApiRequest, asked: HandOver) -> tuple[Plan, dict[int, str]]:
    """The plan, and the keys of its roles."""
    if (asked.member_id is None) == (not asked.account_ids):
        raise Refusal(422, _("Send either “member_id” or “account_ids”."), path="body")
    team = successors_for(request.member)
    others = team.exclude(pk=asked.member_id) if asked.member_id else team
    if not set(others.values_list("pk", flat=True)).issuperset(asked.to):
        raise not_found()
    turns = _book(request, asked.member_id, asked.roles) if asked.member_id else _chosen(request, asked)
    keys = {turn.role.pk: turn.role.key for turn in turns}
    by_hand = _by_hand(asked, {key: pk for pk, key in keys.items()})
    return make_plan(turns, list(dict.fromkeys(asked.to)), None if by_hand else asked.way, by_hand), keys


def _book(request: ApiRequest, member_id: int, roles: list[str]) -> list[Turn]:
    """What the member is in charge of."""
    over = team_of(request.member)
    leaver = Member.objects.filter(pk=member_id).first()
    if leaver is None or (over is not None and leaver.pk not in over):
        raise not_found()
    _check_roles(roles)
    held = at(None).filter(member=leaver).values("role")
    found = AssignmentRole.objects.filter(pk__in=held)
    return turns_of(leaver.pk, list(found.filter(key__in=roles) if roles else found))


def _chosen(request: ApiRequest, asked: HandOver) -> list[Turn]:
    """Of these customers in the role; those whose member is not of one's departments stay."""
    _check_roles(asked.roles)
    if len(asked.roles) != 1:
        raise Refusal(422, _("Name the one role that the customers are handed over in."), path="body.roles")
    (role,) = (each for each in roles_in_use() if each.key == asked.roles[0])
    accounts = all_of(accounts_for(request.member).order_by("name", "pk"), asked.account_ids)
    over = team_of(request.member)
    turns = turns_on(accounts, role)
    return [turn for turn in turns if over is None or turn.member_id is None or turn.member_id in over]


def _check_roles(keys: list[str]) -> None:
    if unknown := sorted(set(keys) - {each.key for each in roles_in_use()}):
        raise Refusal(422, _("There is no role “%(key)s”.") % {"key": unknown[0]}, path="body.roles")


def _by_hand(asked: HandOver, roles: dict[str, int]) -> dict[tuple[int, int], int]:
    """(role, account) → the successor chosen for it."""
    if any(each.to_id not in asked.to or each.role not in roles for each in asked.choices):
        raise Refusal(422, _("A choice names somebody of “to”, in a role that is handed over."), path="body.choices")
    return {(roles[each.role], each.account_id): each.to_id for each in asked.choices}


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
