"""A condition as a tree of values. document.py reads it; whatever is in a tree is within the limits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum


class Comparison(StrEnum):
    IS = "="
    IS_NOT = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    CONTAINS_ANY = "contains_any"
    CONTAINS_ALL = "contains_all"
    CONTAINS_NONE = "contains_none"
    IN_NEXT_DAYS = "in_next_days"
    IN_LAST_DAYS = "in_last_days"
    TOP = "top"
    BOTTOM = "bottom"
    KNOWN = "known"
    UNKNOWN = "unknown"


RANKS = frozenset({Comparison.TOP, Comparison.BOTTOM})
WITHOUT_VALUE = frozenset({Comparison.KNOWN, Comparison.UNKNOWN})


class Against(StrEnum):
    DAYS_BEFORE = "days_before"
    PERIOD_BEFORE = "period_before"
    YEAR_BEFORE = "year_before"


class As(StrEnum):
    SHARE = "share"
    DIFFERENCE = "difference"


@dataclass(frozen=True)
class ChangeOf:
    """Compare the number's change, not the number. `days`: how far back the base is; None is a year.

    For PERIOD_BEFORE, `days` is the field's own window.
    """

    against: Against
    days: int | None
    as_: As = As.SHARE
    minimum: float | None = None


@dataclass(frozen=True)
class FromDay:
    """A date so many days after (or, below 0, before) the day asked about."""

    days: int


@dataclass(frozen=True)
class Best:
    """How many of the ranked: `count`, or `basis_points` of them (10 % is 1,000), rounded up."""

    count: int | None = None
    basis_points: int | None = None

    def of(self, accounts: int) -> int:
        """How many of so many ranked accounts."""
        if self.count is not None:
            return min(self.count, accounts)
        return -(-(self.basis_points or 0) * accounts // 10_000)


class Asker(Enum):
    """In the place of a member's id: whoever asks."""

    ME = "me"


When = date | FromDay
Wanted = (
    float
    | str
    | bool
    | When
    | Best
    | tuple[float, float]
    | tuple[When, When]
    | tuple[str, ...]
    | tuple[int | Asker, ...]
    | None
)


@dataclass(frozen=True)
class Leaf:
    """`field` compares so with `value`; `within` is the field that groups accounts to rank."""

    field: str
    comparison: Comparison
    value: Wanted = None
    change: ChangeOf | None = None
    within: str | None = None


@dataclass(frozen=True)
class AllOf:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class AnyOf:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class Held:
    """The part held on each of the `days` days that end on the day."""

    part: "Node"
    days: int


@dataclass(frozen=True)
class Became:
    """The part holds, and on at least one of the `days` days before it did not."""

    part: "Node"
    days: int


Node = AllOf | AnyOf | Not | Held | Became | Leaf
EVERYONE = AllOf(())


def parts_of(node: Node) -> "tuple[Node, ...]":
    match node:
        case AllOf() | AnyOf():
            return node.parts
        case Not() | Held() | Became():
            return (node.part,)
        case Leaf():
            return ()


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves in the order in which they stand."""
    if isinstance(node, Leaf):
        yield node
    for part in parts_of(node):
        yield from leaves(part)


def look_back(node: Node) -> int:
    """How many days before the day asked about the answer may depend on."""
    below = max((look_back(part) for part in parts_of(node)), default=0)
    match node:
        case Held():
            return below + node.days - 1
        case Became():
            return below + node.days
        case Leaf() if node.change:
            return 366 if node.change.days is None else node.change.days
        case _:
            return below


def for_member(node: Node, member_id: int) -> Node:
    """The condition as this member asks it: "me" is their id."""
    match node:
        case AllOf():
            return AllOf(tuple(for_member(part, member_id) for part in node.parts))
        case AnyOf():
            return AnyOf(tuple(for_member(part, member_id) for part in node.parts))
        case Not() | Held() | Became():
            return replace(node, part=for_member(node.part, member_id))
        case Leaf() if isinstance(node.value, tuple):
            return replace(node, value=tuple(member_id if each is Asker.ME else each for each in node.value))  # type: ignore[arg-type]
        case _:
            return node


def names_me(node: Node) -> bool:
    """Whether what it means depends on who asks."""
    return any(isinstance(leaf.value, tuple) and Asker.ME in leaf.value for leaf in leaves(node))
