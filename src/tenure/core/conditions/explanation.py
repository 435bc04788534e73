"""Why a condition holds for an account on a day, or why not: each leaf with its value, its measure and its verdict."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, cast

from tenure.core.change import Change
from tenure.core.conditions.comparing import base_day, changed, passes
from tenure.core.conditions.fields import Value
from tenure.core.conditions.tree import RANKS, AllOf, AnyOf, Became, Comparison, Held, Leaf, Node, Not, parts_of


@dataclass(frozen=True)
class Ranking:
    """Where an account stands among `size` ranked ones of its group, 1 first; the last that is in has `edge`.

    `taken` is how many were asked for; those that tie with the last one are in beside them.
    """

    rank: int
    size: int
    taken: int
    edge: float


class Evidence(Protocol):
    """What is known about one account. Days are those `look_back` reaches."""

    def is_there(self, day: date) -> bool:
        """Whether the account has numbers on the day."""
        ...

    def value(self, field: str, day: date) -> Value: ...

    def ranking(self, leaf: Leaf, day: date) -> Ranking | None:
        """None when the account is not among those ranked: it has no value, or no group."""
        ...


@dataclass(frozen=True)
class Explained:
    """A node's verdict and those of its parts, on the day.

    value       of a leaf: the field's value on the day; `change` has it and the base where a change is compared,
                `base_day` is the day of the base
    ranking     of a leaf that ranks; `group` is the value of the field it ranks within
    days        of held and became: on how many of the days it held, or was not
    other_day   of held: the latest day on which it did not hold; of became: the latest on which it was not
    """

    node: Node
    holds: bool
    parts: "tuple[Explained, ...]" = ()
    value: Value = None
    change: Change | None = None
    base_day: date | None = None
    ranking: Ranking | None = None
    group: Value = None
    days: int | None = None
    other_day: date | None = None


def explain(node: Node, evidence: Evidence, day: date) -> Explained:
    """The verdict for the account the evidence is about. An account without numbers on the day is in no set."""
    return _Explaining(evidence).explain(node, day)


class _Explaining:
    """Remembers verdicts: parts that look back on each other ask for the same day many times."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._verdicts: dict[tuple[int, date], bool] = {}

    def explain(self, node: Node, day: date) -> Explained:
        there = self._evidence.is_there(day)
        if isinstance(node, Leaf):
            return self._explain_leaf(node, day) if there else Explained(node, False)
        parts = tuple(self.explain(part, day) for part in parts_of(node))
        match node:
            case AllOf():
                return Explained(node, there and all(part.holds for part in parts), parts)
            case AnyOf():
                return Explained(node, any(part.holds for part in parts), parts)
            case Not():
                return Explained(node, there and not parts[0].holds, parts)
            case Held():
                days = [day - timedelta(days=n) for n in range(node.days)]
                missed = [each for each in days if not self._holds(node.part, each)]
                count = len(days) - len(missed)
                return Explained(node, not missed, parts, days=count, other_day=max(missed, default=None))
            case Became():
                days = [day - timedelta(days=n) for n in range(1, node.days + 1)]
                was_not = [each for each in days if self._was_not(node.part, each)]
                holds = parts[0].holds and bool(was_not)
                return Explained(node, holds, parts, days=len(was_not), other_day=max(was_not, default=None))

    def _holds(self, node: Node, day: date) -> bool:
        key = id(node), day
        if key not in self._verdicts:
            self._verdicts[key] = self.explain(node, day).holds
        return self._verdicts[key]

    def _was_not(self, node: Node, day: date) -> bool:
        return self._evidence.is_there(day) and not self._holds(node, day)

    def _explain_leaf(self, leaf: Leaf, day: date) -> Explained:
        value = compared = self._evidence.value(leaf.field, day)
        change = before = None
        if leaf.change:
            before = base_day(leaf.change, day)
            base = cast("float | None", self._evidence.value(leaf.field, before))
            change = changed(leaf.change, cast("float | None", value), base)
            compared = change.change
        if leaf.comparison in RANKS:
            ranking = self._evidence.ranking(leaf, day)
            group = self._evidence.value(leaf.within, day) if leaf.within else None
            return Explained(leaf, _is_in(leaf, ranking, compared), (), value, change, before, ranking, group)
        return Explained(leaf, passes(leaf, compared, day), (), value, change, before)


def _is_in(leaf: Leaf, ranking: Ranking | None, compared: Value) -> bool:
    if ranking is None or compared is None:
        return False
    value = cast(float, compared)
    return value >= ranking.edge if leaf.comparison is Comparison.TOP else value <= ranking.edge
