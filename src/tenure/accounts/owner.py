"""Whose an id is: the rule that merges what a person did before and after they signed in.

A call may say that one id claims another: "the visitor known as anon-7 is user 42". Then:

1. An id that claims any other is a user of its own and is never merged, so two login ids stay two users.
2. Any other id belongs to the id that claimed it first, by the time of the event, not of arrival; at the same time
   the smaller id wins.
3. An id nobody claims is a user of its own.

The answer depends on the set of claims alone, so it is the same in whatever order they arrive. A claim that comes late
may therefore move an anonymous id's events from one user to another; the warehouse keeps the id of each event for that.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Claim(NamedTuple):
    """In the order in which claims win."""

    at_us: int
    claimed_by: str
    user_id: int  # of `claimed_by`


def owner(home_user_id: int, claims: Iterable[Claim], claims_others: bool) -> int:
    """The user an id belongs to. `home_user_id` is the user it is on its own, `claims` are those on it."""
    if claims_others:
        return home_user_id
    first = min(claims, default=None)
    return home_user_id if first is None else first.user_id
