"""Who entered and left a segment between two days, and what two segments have in common."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from tenure.accounts.access import accounts_for
from tenure.accounts.models import Account
from tenure.core.conditions.document import MOST_PARTS, from_document, to_document
from tenure.core.conditions.tree import AllOf, Node, Not
from tenure.core.document import BadDocument
from tenure.people.models import Member
from tenure.segments.asking import Asking
from tenure.web.customers.condition import CONDITION, too_long
from tenure.web.segments.editor import compact

MOST_NAMED = 50
BACK_DAYS = 28  # what the day is compared with unless the address says


@dataclass(frozen=True)
class Side:
    """Some of the accounts by name, `count` of all; `href` is the list of them, empty where no address can hold it."""

    count: int
    named: Sequence[Account] = ()
    href: str = ""

    @property
    def others(self) -> int:
        return self.count - len(self.named)


@dataclass(frozen=True)
class Moved:
    """From the end of one day to that of another."""

    since: date
    before: int
    entered: Side
    left: Side


@dataclass(frozen=True)
class Overlap:
    """Accounts in the one segment only, in both, in the other only; the rest says where they begin in a bar."""

    one: Side
    both: Side
    other: Side

    @property
    def total(self) -> int:
        return self.one.count + self.both.count + self.other.count

    @property
    def both_at(self) -> int:
        return self.one.count

    @property
    def other_at(self) -> int:
        return self.one.count + self.both.count


def moved(node: Node, asking: Asking, since: date, day: date, member: Member) -> Moved:
    """Those in it on the day and not on the other, and the other way round. Raises WarehouseBusy."""
    before, now = asking.on(node, since), asking.on(node, day)
    entered, left = _side(now - before, member), _side(before - now, member)
    return Moved(since, len(before), entered, left)


def since_day(text: str, day: date) -> date:
    """The day to compare with: what the address says when it lies before the day, else four weeks before."""
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        wanted = day
    return wanted if wanted < day else day - timedelta(days=BACK_DAYS)


def overlap(one: Node, other: Node, asking: Asking, day: date, suffix: dict[str, str]) -> Overlap:
    """How many accounts are in one of the two only, and in both. `suffix` goes along in the links to the list."""
    first, second = asking.on(one, day), asking.on(other, day)
    return Overlap(
        _side_at(first - second, AllOf((one, Not(other))), asking, suffix),
        _side_at(first & second, AllOf((one, other)), asking, suffix),
        _side_at(second - first, AllOf((other, Not(one))), asking, suffix),
    )


def _side(ids: Collection[int], member: Member) -> Side:
    named = accounts_for(member).filter(pk__any_of=ids).order_by("name", "pk")[:MOST_NAMED] if ids else []
    return Side(len(ids), list(named))


def _side_at(ids: Collection[int], node: AllOf, asking: Asking, suffix: dict[str, str]) -> Side:
    """With the address of the list, unless the two together make a condition beyond the limits of one."""
    document = to_document(_flat(node))
    text = compact(document)
    try:
        from_document(document, asking.fields)
    except BadDocument:
        return Side(len(ids))
    if not ids or too_long(text):
        return Side(len(ids))
    return Side(len(ids), href=f"{reverse('customers:list')}?{urlencode({**suffix, CONDITION: text})}")


def _flat(node: AllOf) -> AllOf:
    """Without an `all` in an `all`, and without empty ones, which stand at the top only."""
    parts = [each for part in node.parts for each in (part.parts if isinstance(part, AllOf) else (part,))]
    return AllOf(tuple(parts)) if len(parts) <= MOST_PARTS else node
