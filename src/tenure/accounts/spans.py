"""Which account a user belongs to at which time, as the links say."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """In sorting order: links of the same time are told apart by the account's own id, never by arrival."""

    since_us: int
    external_id: str
    account_id: int


@dataclass(frozen=True, slots=True)
class Spans:
    """`accounts[i]` holds from `starts[i]` until `starts[i + 1]`; the first one also before. Neighbours differ."""

    starts: tuple[int, ...]
    accounts: tuple[int, ...]

    def account_at(self, time_us: int) -> int:
        """The account at a time; 0 when there is no link at all."""
        if not self.accounts:
            return 0
        return self.accounts[max(bisect_right(self.starts, time_us) - 1, 0)]


NOWHERE = Spans((), ())


def spans(links: Iterable[Link]) -> Spans:
    """The latest link at or before a time counts; before the earliest, the earliest."""
    latest_of_time = {link.since_us: link.account_id for link in sorted(links)}
    starts: list[int] = []
    accounts: list[int] = []
    for since_us, account_id in latest_of_time.items():
        if not accounts or accounts[-1] != account_id:
            starts.append(since_us)
            accounts.append(account_id)
    return Spans(tuple(starts), tuple(accounts))
