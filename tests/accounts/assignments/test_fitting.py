"""Spans of being in charge beside those known."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from tenure.accounts.assignments.fitting import Fit, Span, fit


def at(month):
    return datetime(2026, month, 1, tzinfo=UTC)


def span(member, since, until=None, row=None):
    return Span(member, at(since), at(until) if until else None, row)


def told(held, given, several=False):
    """(fit and end of each given, ends of those held)."""
    fitted, ending = fit(held, given, several=several)
    found = [(each.fit, each.span.until and each.span.until.month) for each in fitted]
    return found, [(each.row, each.until.month) for each in ending]


OPEN = span(1, 1, row=7)


@pytest.mark.parametrize(
    ("held", "given", "found", "ends"),
    [
        ([], [span(1, 1, 3), span(2, 3)], [(Fit.NEW, 3), (Fit.NEW, None)], []),
        ([], [span(2, 3), span(1, 1)], [(Fit.NEW, None), (Fit.NEW, 3)], []),  # handed over
        ([OPEN], [span(2, 3)], [(Fit.NEW, None)], [(7, 3)]),
        ([OPEN], [span(1, 1)], [(Fit.KNOWN, None)], []),
        ([OPEN], [span(1, 1, 3), span(2, 3)], [(Fit.ENDS, 3), (Fit.NEW, None)], [(7, 3)]),
        ([OPEN], [span(2, 1)], [(Fit.OVERLAPS, None)], []),
        ([span(1, 1, 4, 7)], [span(1, 1)], [(Fit.KNOWN, 4)], []),  # sent before it was handed over
        ([span(1, 1, 4, 7)], [span(1, 1, 3)], [(Fit.OVERLAPS, 3)], []),
        ([span(1, 1, 4, 7)], [span(2, 3)], [(Fit.OVERLAPS, None)], []),
        ([span(1, 5, row=7)], [span(2, 3)], [(Fit.NEW, 5)], []),
        ([], [span(1, 1, 4), span(2, 3, 6), span(3, 6)], [(Fit.OVERLAPS, 4), (Fit.OVERLAPS, 6), (Fit.NEW, None)], []),
        ([span(1, 1, row=7), span(3, 5, row=8)], [span(2, 5)], [(Fit.OVERLAPS, None)], []),
    ],
)
def test_it_fits_spans_whatever_their_order(held, given, found, ends):
    for order in permutations(range(len(given))):
        fitted, ending = told(held, [given[place] for place in order])
        assert (fitted, ending) == ([found[place] for place in order], ends)


def test_it_lets_members_of_a_role_of_several_overlap_but_nobody_with_themselves():
    fitted, ending = told([OPEN], [span(2, 1), span(1, 3), span(1, 1, 2)], several=True)
    assert fitted == [(Fit.NEW, None), (Fit.OVERLAPS, None), (Fit.ENDS, 2)]
    assert ending == [(7, 2)]
