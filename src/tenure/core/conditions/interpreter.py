"""The reference: which accounts a condition means on a day, slow and obvious.

The engines of tenure.warehouse, and explanation.py for one account, are held to it on random conditions and data.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from tenure.core.conditions.comparing import base_day, changed, fold, passes
from tenure.core.conditions.fields import Value
from tenure.core.conditions.tree import RANKS, AllOf, AnyOf, Became, Best, Comparison, Held, Leaf, Node, Not

#: {day: {account: {field: value}}}: an account with numbers on a day is there, a value that is unknown is not.
History = Mapping[date, Mapping[int, Mapping[str, Value]]]


def matching(node: Node, history: History, day: date) -> set[int]:
    """The accounts for which the condition holds on the day."""
    there = set(history.get(day, {}))
    match node:
        case AllOf():
            return there.intersection(*(matching(part, history, day) for part in node.parts))
        case AnyOf():
            return set().union(*(matching(part, history, day) for part in node.parts))
        case Not():
            return there - matching(node.part, history, day)
        case Held():
            days = [day - timedelta(days=n) for n in range(node.days)]
            return there.intersection(*(matching(node.part, history, each) for each in days))
        case Became():
            days = [day - timedelta(days=n) for n in range(1, node.days + 1)]
            was_not = set[int]().union(*(matching(Not(node.part), history, each) for each in days))
            return matching(node.part, history, day) & was_not
        case Leaf() if node.comparison in RANKS:
            return _ranked(node, history, day)
        case Leaf():
            return {account for account in there if passes(node, operand(node, history, account, day), day)}


def operand(leaf: Leaf, history: History, account: int, day: date) -> Value:
    """What is compared: the field's value, or its change."""
    value = history.get(day, {}).get(account, {}).get(leaf.field)
    if leaf.change is None:
        return value
    base = history.get(base_day(leaf.change, day), {}).get(account, {}).get(leaf.field)
    return changed(leaf.change, cast("float | None", value), cast("float | None", base)).change


def _ranked(leaf: Leaf, history: History, day: date) -> set[int]:
    groups: dict[Value, dict[int, float]] = {}
    for account, values in history.get(day, {}).items():
        value = cast("float | None", operand(leaf, history, account, day))
        group = group_of(values.get(leaf.within)) if leaf.within else "all"
        if value is not None and group is not None:
            groups.setdefault(group, {})[account] = value
    found: set[int] = set()
    for accounts in groups.values():
        in_order = sorted(accounts.values(), reverse=leaf.comparison is Comparison.TOP)
        edge = in_order[cast(Best, leaf.value).of(len(in_order)) - 1]
        is_top = leaf.comparison is Comparison.TOP
        found |= {account for account, value in accounts.items() if (value >= edge if is_top else value <= edge)}
    return found


def group_of(value: Value) -> Value:
    """The group a value puts an account into: texts that differ in capitals only are one."""
    return fold(value) if isinstance(value, str) else value
