"""Deals accounts out among members: in turn, or each to whoever has least so far. Same input, same answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What a member looks after: `mrr` in the workspace's currency."""

    accounts: int = 0
    mrr: float = 0.0

    def plus(self, mrr: float) -> "Load":
        """The load with one more account."""
        return Load(self.accounts + 1, self.mrr + mrr)


Loads = Mapping[int, Load]  # by member; their order decides between equals


def in_turn(accounts: Sequence[int], members: Sequence[int], first: int = 0) -> dict[int, int]:
    """{account: member} one after the other, beginning with members[first]."""
    return {account: members[(first + place) % len(members)] for place, account in enumerate(accounts)}


def by_fewest_accounts(accounts: Sequence[int], loads: Loads) -> dict[int, int]:
    """{account: member}: each, in order, to the member with the fewest accounts by then."""
    now = dict(loads)
    given: dict[int, int] = {}
    for account in accounts:
        member = min(now, key=lambda each: now[each].accounts)
        now[member] = now[member].plus(0)
        given[account] = member
    return given


def by_least_mrr(accounts: Mapping[int, float], loads: Loads) -> dict[int, int]:
    """{account: member}: the largest first, each to the member with the least MRR by then; of equals, fewest accounts.

    `accounts` maps each to its MRR. Largest first is the longest-processing-time rule (Graham 1969): no member ends
    with more than 4/3 of the best possible largest load where all begin with nothing.
    """
    now = dict(loads)
    given: dict[int, int] = {}
    for account, mrr in sorted(accounts.items(), key=lambda each: (-each[1], each[0])):
        member = min(now, key=lambda each: (now[each].mrr, now[each].accounts))
        now[member] = now[member].plus(mrr)
        given[account] = member
    return given
