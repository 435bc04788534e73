"""A hand-over before it is done: which account goes from whom to whom, and what each member has before and after."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tenure.accounts.assignments.dealing import deal
from tenure.accounts.assignments.reading import at, loads, mrr_of
from tenure.accounts.assignments.verbs import Move
from tenure.accounts.models import Account, AssignmentRole, Way
from tenure.core.allotment import Load


@dataclass(frozen=True)
class Turn:
    """Somebody, or nobody (`member_id` None), is in charge of an account in a role: what a hand-over may end."""

    account: Account
    role: AssignmentRole
    member_id: int | None

    @property
    def mrr(self) -> float:
        return mrr_of(self.account.traits)


@dataclass(frozen=True)
class Shift:
    """What a member looks after in a role before and after."""

    role: AssignmentRole
    member_id: int
    before: Load
    after: Load


@dataclass(frozen=True)
class Plan:
    """`moves` stand in the order of `turns`; those whose member stays are left out."""

    turns: Sequence[Turn]
    moves: Sequence[Move]
    shifts: Sequence[Shift]
    by_hand: bool

    @property
    def mark(self) -> str:
        """The same text for what was looked at: who is in charge now and, unless chosen by hand, who comes."""
        now = sorted((turn.account.pk, turn.role.pk, turn.member_id or 0) for turn in self.turns)
        said = repr((now, None if self.by_hand else sorted(self.moves, key=repr)))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def turns_of(member_id: int, roles: Collection[AssignmentRole]) -> list[Turn]:
    """The member's book in these roles."""
    held = at(None).filter(member=member_id, role__in=roles).select_related("account", "role")
    return [
        Turn(each.account, each.role, member_id) for each in held.order_by("role__place", "account__name", "account")
    ]


def turns_on(accounts: Iterable[Account], role: AssignmentRole) -> list[Turn]:
    """Whoever is in charge of the accounts in the role; one turn of nobody where none is."""
    accounts = list(accounts)
    held: dict[int, list[int]] = {account.pk: [] for account in accounts}
    rows = at(None).filter(role=role, account_id__any_of=list(held)).order_by("since", "pk")
    for account_id, member_id in rows.values_list("account_id", "member_id"):
        held[account_id].append(member_id)
    nobody: list[int | None] = [None]
    return [Turn(account, role, member_id) for account in accounts for member_id in held[account.pk] or nobody]


def make_plan(
    turns: Sequence[Turn],
    successors: Sequence[int],
    way: Way | None,
    by_hand: Mapping[tuple[int, int], int] | None = None,
) -> Plan:
    """Deals the turns out among the successors, role by role.

    Without a way, by hand: `by_hand` maps (role, account) to the successor, the first one where it does not.
    """
    moves: list[Move] = []
    for role_id in dict.fromkeys(turn.role.pk for turn in turns):
        own = [turn for turn in turns if turn.role.pk == role_id]
        accounts = {turn.account.pk: turn.account.traits for turn in own}
        if way is None:
            given = {each: (by_hand or {}).get((role_id, each), successors[0]) for each in accounts}
        else:
            given = deal(accounts, role_id, successors, way)
        moves += [
            Move(turn.account.pk, role_id, turn.member_id, given[turn.account.pk])
            for turn in own
            if turn.member_id != given[turn.account.pk]
        ]
    return Plan(turns, moves, _shifts(turns, moves), by_hand=way is None)


def _shifts(turns: Sequence[Turn], moves: Sequence[Move]) -> list[Shift]:
    roles = {turn.role.pk: turn.role for turn in turns}
    mrr = {turn.account.pk: turn.mrr for turn in turns}
    shifts = []
    for role_id, role in roles.items():
        own = [move for move in moves if move.role_id == role_id]
        members = list(dict.fromkeys(key for move in own for key in (move.ends, move.begins) if key is not None))
        for member_id, before in loads(role_id, members).items():
            after = before
            for move in own:
                after = _moved(after, move, member_id, mrr[move.account_id])
            shifts.append(Shift(role, member_id, before, after))
    return shifts


def _moved(load: Load, move: Move, member_id: int, mrr: float) -> Load:
    if move.begins == member_id:
        return load.plus(mrr)
    return Load(load.accounts - 1, load.mrr - mrr) if move.ends == member_id else load
