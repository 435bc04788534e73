"""Conditions in English and Chinese."""

import pytest
from django.utils.translation import override

from tenure.core.conditions.document import from_document
from tenure.segments.sentence import phrase, sentence
from tests.segments.catalogue import CATALOGUE


def leaf(field: str, comparison: str, value: object = None, **more: object) -> dict[str, object]:
    given = {} if value is None else {"value": value}
    return {"field": field, "comparison": comparison, **given, **more}


FEW = leaf("metric.events", "<", 5)
SAID = [
    (FEW, "Value events is below 5", "Value events低于5"),
    (leaf("metric.breadth", "between", [0.125, 0.5]), "Breadth is between 12.5% and 50%", "Breadth在12.5%到50%之间"),
    (
        leaf("metric.since", ">=", 1),
        "Days since the last event is at least 1 day",
        "Days since the last event不低于1天",
    ),
    (leaf("fact.budget", ">", 1200.5), "Budget is above $1,200.50", "Budget高于US$1,200.50"),
    (leaf("metric.breadth", "unknown"), "Breadth is unknown", "Breadth未知"),
    (
        leaf("metric.events", "<=", -0.3, change={"against": "period_before", "minimum": 20}),
        "Value events fell by at least 30% against the period before (from 20 at least)",
        "Value events较上一周期下降至少30%（基数不低于20）",
    ),
    (
        leaf("metric.breadth", ">", 0.1, change={"against": "year_before", "as": "difference"}),
        "Breadth rose by more than 10 pp against a year before",
        "Breadth较去年同期上升超过10个百分点",
    ),
    (
        leaf("metric.events", ">", -0.1, change={"against": "days_before", "days": 28}),
        "the change of Value events against 28 days before is above −10%",
        "Value events较28天前的变化高于−10%",
    ),
    (
        leaf("metric.breadth", "bottom", {"percent": 10}, within="fact.industry"),
        "Breadth is among the lowest 10% of those with the same Industry",
        "Breadth在同一Industry中处于最低的10%",
    ),
    (leaf("metric.events", "top", {"count": 20}), "Value events is among the highest 20", "Value events处于最高的20家"),
    (leaf("health.state", "in", ["at_risk"]), "Health is “At risk”", "Health为“At risk”"),
    (
        leaf("health.state", "not_in", ["at_risk", "average"]),
        "Health is none of “At risk”, “Average”",
        "Health不是“At risk”、“Average”中的任何一个",
    ),
    (
        leaf("fact.chances", "contains_all", ["seats", "term"]),
        "Growth chances has all of “More seats”, “Longer term”",
        "Growth chances同时包含“More seats”、“Longer term”",
    ),
    (leaf("fact.trained", "=", False), "Training held is “No”", "Training held为“否”"),
    (leaf("charge.csm", "in", ["me", 4]), "CSM is one of “me”, “Bo”", "CSM是“我”、“Bo”之一"),
    (leaf("account.first_day", "in_last_days", 30), "First seen is within the last 30 days", "First seen在最近30天内"),
    (leaf("account.first_day", "<", {"days": -90}), "First seen is more than 90 days ago", "First seen距今超过90天"),
    ({"not": FEW}, "not (Value events is below 5)", "不满足（Value events低于5）"),
    ({"held": FEW, "days": 14}, "for 14 days in a row (Value events is below 5)", "连续14天（Value events低于5）"),
    ({"became": FEW, "days": 7}, "newly within 7 days (Value events is below 5)", "近7天内变为（Value events低于5）"),
    (
        {"all": [FEW, {"any": [FEW, leaf("fact.industry", "contains", "零售")]}]},
        "Value events is below 5 and (Value events is below 5 or Industry contains “零售”)",
        "Value events低于5，且（Value events低于5，或Industry包含“零售”）",
    ),
]


@pytest.mark.parametrize(("document", "english", "chinese"), SAID, ids=[english for _, english, _ in SAID])
def test_it_says_a_condition_in_both_languages(document, english, chinese):
    node = from_document(document, CATALOGUE.fields)
    with override("en"):
        assert phrase(node, CATALOGUE) == english
        assert sentence(node, CATALOGUE) == f"Customers where {english}."
    with override("zh-hans"):
        assert phrase(node, CATALOGUE) == chinese


def test_it_says_everyone():
    assert sentence(from_document({"all": []}, CATALOGUE.fields), CATALOGUE) == "All customers."
