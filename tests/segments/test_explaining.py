"""Explanations in words: the value of each leaf and what decided it."""

from datetime import date, timedelta

import pytest

from tenure.core.conditions.document import from_document
from tenure.core.conditions.explanation import explain
from tenure.segments.explaining import as_json, tell
from tests.core.conditions.history import HistoryEvidence
from tests.segments.catalogue import CATALOGUE

DAY = date(2026, 3, 10)
HISTORY = {
    DAY - timedelta(days=7): {1: {"metric.events": 20.0}, 2: {"metric.events": 0.0}},
    DAY - timedelta(days=1): {1: {"metric.events": 9.0}, 2: {"metric.events": 7.0}},
    DAY: {1: {"metric.events": 10.0, "fact.industry": "Retail"}, 2: {"metric.events": 7.0, "fact.industry": "retail"}},
}
CHANGE = {"field": "metric.events", "change": {"against": "period_before"}, "comparison": "<", "value": 0}
BEST = {"field": "metric.events", "comparison": "top", "value": {"count": 1}, "within": "fact.industry"}
MANY = {"field": "metric.events", "comparison": ">=", "value": 10}


@pytest.mark.parametrize(
    ("document", "account", "holds", "because"),
    [
        (CHANGE, 1, True, "10, on 2026-03-03 20: −50%"),
        (CHANGE, 2, False, "7, on 2026-03-03 0: from 0 there is no share"),
        (BEST, 1, True, "10: place 1 of 2, the first one ends at 10 (of “Retail”)"),
        (BEST, 2, False, "7: place 2 of 2, the first one ends at 10 (of “retail”)"),
        ({"held": MANY, "days": 2}, 1, False, "on 1 of 2 days; not on 2026-03-09"),
        ({"became": MANY, "days": 2}, 1, True, "not yet on 2026-03-09"),
        ({"field": "fact.trained", "comparison": "known"}, 1, False, "unknown"),
    ],
)
def test_it_says_what_decided(document, account, holds, because):
    explained = explain(from_document(document, CATALOGUE.fields), HistoryEvidence(HISTORY, account), DAY)
    told = tell(explained, CATALOGUE)
    assert (told.holds, told.because) == (holds, because)


def test_it_gives_programs_the_values():
    node = from_document({"all": [CHANGE, BEST]}, CATALOGUE.fields)
    found = as_json(explain(node, HistoryEvidence(HISTORY, 1), DAY), CATALOGUE)
    change, best = found["parts"]
    assert (found["holds"], found["says"]) == (True, "all of these")
    assert (change["value"], change["base"], change["change"], change["base_day"]) == (10, 20, -0.5, "2026-03-03")
    assert (best["rank"], best["ranked"], best["taken"], best["edge"]) == (1, 2, 1, 10)
