"""Deals accounts out among members in one of the ways of core.allotment, from what they look after now."""

from collections.abc import Mapping, Sequence
from typing import Any

from tenure.accounts.assignments.reading import loads, mrr_of
from tenure.accounts.models import Way
from tenure.core import allotment


def deal(
    accounts: Mapping[int, Mapping[str, Any]], role_id: int, members: Sequence[int], way: Way, first: int = 0
) -> dict[int, int]:
    """{account: member}. `accounts` maps each to its attributes; `first` is whose turn it is, by place in `members`."""
    match way:
        case Way.ROUND_ROBIN:
            return allotment.in_turn(list(accounts), members, first)
        case Way.LEAST_ACCOUNTS:
            return allotment.by_fewest_accounts(list(accounts), loads(role_id, members))
        case Way.LEAST_MRR:
            by_mrr = {account: mrr_of(traits) for account, traits in accounts.items()}
            return allotment.by_least_mrr(by_mrr, loads(role_id, members))
