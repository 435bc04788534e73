"""Conditions as documents: what is read, what is refused, and with which words."""

from datetime import date

import pytest

from tenure.core.conditions.document import from_document, to_document
from tenure.core.conditions.tree import (
    Against,
    AllOf,
    Asker,
    Became,
    Best,
    ChangeOf,
    Comparison,
    FromDay,
    Leaf,
    for_member,
    look_back,
)
from tenure.core.document import BadDocument
from tests.core.conditions.fields import FIELDS

FEW = {"field": "metric.events_7", "comparison": "<", "value": 5}


def test_it_reads_every_kind_of_node_and_leaf():
    document = {
        "version": 1,
        "all": [
            FEW,
            {"any": [{"field": "fact.plan", "comparison": "in", "value": ["pro"]}, {"not": FEW}]},
            {"became": {"held": FEW, "days": 3}, "days": 7},
            {
                "field": "metric.events_7",
                "change": {"against": "period_before", "minimum": 20},
                "comparison": "bottom",
                "value": {"percent": 12.5},
                "within": "fact.industry",
            },
            {"field": "fact.renewal", "comparison": "between", "value": ["2026-01-31", {"days": 30}]},
            {"field": "charge.csm", "comparison": "in", "value": ["me", 7]},
        ],
    }
    node = from_document(document, FIELDS)
    assert isinstance(node, AllOf)
    assert node.parts[2:4] == (
        Became(from_document({"held": FEW, "days": 3}, FIELDS), 7),
        Leaf(
            "metric.events_7",
            Comparison.BOTTOM,
            Best(basis_points=1250),
            ChangeOf(Against.PERIOD_BEFORE, 7, minimum=20),
            "fact.industry",
        ),
    )
    assert node.parts[4].value == (date(2026, 1, 31), FromDay(30))
    assert node.parts[5].value == (Asker.ME, 7)
    assert for_member(node, 3).parts[5].value == (3, 7)
    assert look_back(node) == 9
    assert from_document(to_document(node), FIELDS) == node


def test_it_takes_an_empty_all_at_the_top_for_everyone():
    assert from_document({"all": []}, FIELDS) == AllOf(())
    with pytest.raises(BadDocument, match=r"^all\[0\].all: must have at least one entry"):
        from_document({"all": [{"all": []}]}, FIELDS)


def leaf(field: str, comparison: str, **more: object) -> dict[str, object]:
    return {"field": field, "comparison": comparison, **more}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "must be an object"),
        ({}, "must have one of all, any, not"),
        ({"all": [FEW], "any": [FEW]}, "and only one"),
        ({"version": 2, "all": [FEW]}, "version: must be 1"),
        ({"all": [FEW], "name": "x"}, "name: is not known here; known are all, version"),
        ({"all": [{"version": 1, **FEW}]}, r"all\[0\].version: is not known here"),
        ({"any": []}, "any: must have at least one entry"),
        ({"all": [FEW] * 21}, "all: must have at most 20 entries"),
        ({"all": [{"any": [FEW] * 20}] * 3}, r"all\[2\].any\[10\]: is one leaf too many; at most 50"),
        ({"not": {"not": {"not": {"not": {"not": {"not": FEW}}}}}}, "not.not.not.not.not.not: is 7 levels deep"),
        ({"held": FEW, "days": 0}, "days: must be between 1 and 366"),
        ({"held": {"held": {"held": {"became": FEW, "days": 300}, "days": 300}, "days": 300}, "days": 300}, "1,197"),
        (leaf("metric.gone", "=", value=1), "field: there is no field metric.gone"),
        (leaf("metric.breadth", "contains", value="x"), "comparison: does not go with share fields; =, !=, <"),
        (leaf("metric.breadth", "is", value=1), "comparison: must be one of ="),
        (leaf("metric.breadth", "<", value=True), "value: must be a number"),
        (leaf("metric.breadth", "<", value=float("nan")), "value: must be a number"),
        (leaf("metric.breadth", "<", value=1e16), "value: must be between"),
        (leaf("metric.breadth", "known", value=1), "value: is not known here"),
        (leaf("metric.breadth", "between", value=[2, 1]), "value: must not begin after its end"),
        (leaf("metric.breadth", "between", value=[1, "2"]), r"value\[1\]: must be a number"),
        (leaf("metric.breadth", "between", value=[1]), "value: must be a list of two"),
        (leaf("metric.breadth", "top", value={"percent": 0.001}), "value.percent: must be between"),
        (leaf("metric.breadth", "top", value={"percent": 1.005}), "value.percent: must have at most two decimals"),
        (leaf("metric.breadth", "top", value={"count": 1, "percent": 1}), "value.percent: is not known here"),
        (leaf("metric.breadth", "top", value={"count": 1}, within="fact.renewal"), "within: cannot group by a date"),
        (leaf("metric.breadth", "<", value=1, within="fact.plan"), "within: is not known here"),
        (leaf("fact.plan", "=", value="gold"), "value: must be one of basic, pro"),
        (leaf("fact.plan", "in", value=["pro", "pro"]), "value: names an entry twice"),
        (leaf("fact.industry", "in", value=[]), "value: must be a list with at least one entry"),
        (leaf("fact.industry", "in", value=["a"] * 101), "value: must have at most 100 entries"),
        (leaf("fact.industry", "=", value="x" * 201), "value: must be text of 1 to 200 characters"),
        (leaf("fact.trained", "=", value="yes"), "value: must be true or false"),
        (leaf("fact.renewal", "<", value="2026-02-30"), "value: there is no day 2026-02-30"),
        (leaf("fact.renewal", "<", value="1899-12-31"), "value: must lie between 1900-01-01 and 2299-12-31"),
        (leaf("fact.renewal", "<", value="soon"), "value: must be a date such as"),
        (leaf("fact.renewal", "<", value={"days": 1.5}), "value.days: must be a whole number"),
        (leaf("fact.renewal", "in_next_days", value=-1), "value: must be a whole number from 0"),
        (leaf("charge.csm", "in", value=["bob"]), r"value\[0\]: must be a member's id or"),
        (leaf("fact.plan", "known", change={"against": "year_before"}), "change: goes with numbers only"),
        (leaf("metric.breadth", "known", change={"against": "period_before"}), "change.against: metric.breadth has no"),
        (leaf("metric.breadth", "known", change={"against": "days_before"}), "change.days: must be a number"),
        (leaf("metric.breadth", "known", change={"against": "year_before", "days": 3}), "change.days: is not known"),
    ],
)
def test_it_says_what_is_wrong_and_where(document, message):
    with pytest.raises(BadDocument, match=message):
        from_document(document, FIELDS)
