"""How spans of being in charge that another system knows fit those known here, in one role of one account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum


@dataclass(frozen=True)
class Span:
    """The member was in charge for since <= time < until; None: until further notice. `row` is where it is kept."""

    member_id: int
    since: datetime
    until: datetime | None = None
    row: int | None = None


class Fit(Enum):
    NEW = "new"
    ENDS = "ends"  # a span that is known as open gets its end
    KNOWN = "known"
    OVERLAPS = "overlaps"


@dataclass(frozen=True)
class Fitted:
    """What becomes of a span given. `span` is as it is to be kept; `other` is a span that it overlaps."""

    fit: Fit
    span: Span
    other: Span | None = None


def fit(held: Sequence[Span], given: Sequence[Span], *, several: bool) -> tuple[list[Fitted], list[Span]]:
    """What becomes of each span given, in their order, and the spans held that end by them, with their new end.

    Where one at a time is in charge, a span without an end ends where the next begins: that is a hand-over. Any other
    overlap refuses the spans given, all that overlap, whatever their order. `several`: each member stands alone.
    """
    if several:
        return _each_alone(held, given)
    verdicts = [_known(held, each) for each in given]
    ending = [found.span for found in verdicts if found is not None and found.fit is Fit.ENDS]
    ends = {each.row: each for each in ending}
    before = [ends.get(each.row, each) for each in held]
    new = [each for each, verdict in zip(given, verdicts, strict=True) if verdict is None]
    closed = [_handed_over(each, [*before, *new]) for each in before]
    after = [_handed_over(each, [*before, *new]) for each in new]
    fresh = iter(after)
    results = [verdict or _beside(next(fresh), [*closed, *after]) for verdict in verdicts]
    kept = [each.span for each in results if each.fit is Fit.NEW]
    for each in before:
        if (handed_over := _handed_over(each, kept)) != each:
            ending = [other for other in ending if other.row != each.row] + [handed_over]
    return results, ending


def _beside(span: Span, others: Sequence[Span]) -> Fitted:
    """A new span among the others; itself is one of them."""
    overlapped = next((other for other in others if other is not span and _overlap(span, other)), None)
    return Fitted(Fit.OVERLAPS if overlapped else Fit.NEW, span, overlapped)


def _each_alone(held: Sequence[Span], given: Sequence[Span]) -> tuple[list[Fitted], list[Span]]:
    results = []
    for each in given:
        own = [other for other in held if other.member_id == each.member_id]
        beside = [*own, *(other for other in given if other.member_id == each.member_id)]
        results.append(_known(own, each) or _beside(each, beside))
    return results, [each.span for each in results if each.fit is Fit.ENDS]


def _known(held: Sequence[Span], given: Span) -> Fitted | None:
    """What is known of the very turn: the same member from the same moment on."""
    for each in held:
        if (each.member_id, each.since) == (given.member_id, given.since):
            if given.until is None or given.until == each.until:
                return Fitted(Fit.KNOWN, each)
            if each.until is None:
                return Fitted(Fit.ENDS, replace(each, until=given.until))
            return Fitted(Fit.OVERLAPS, given, each)
    return None


def _handed_over(span: Span, others: Sequence[Span]) -> Span:
    """A span without an end ends where the next begins."""
    if span.until is not None:
        return span
    later = [other.since for other in others if other.since > span.since]
    return replace(span, until=min(later)) if later else span


def _overlap(one: Span, other: Span) -> bool:
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)
