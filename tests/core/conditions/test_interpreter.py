"""What conditions mean: the sample company's answers, and the rules one by one."""

from datetime import date, timedelta

import pytest

from tenure.core.change import total, window, year_before
from tenure.core.conditions.document import from_document
from tenure.core.conditions.interpreter import matching
from tests.core import cs_core_sample
from tests.core.conditions.fields import FIELDS

DAY = date(2026, 3, 10)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize("day", ["2025-06-15", "2026-02-28", "2026-05-31"])
def test_it_agrees_with_the_sample_company(day):
    expected = cs_core_sample.expected()["metric_change"][day]
    accounts = dict(enumerate(row["account_id"] for row in expected["rows"]))
    on = date.fromisoformat(day)
    days = [on, on - timedelta(days=7), year_before(on)]
    history = {
        each: {
            n: {"metric.events_7": total(cs_core_sample.queries()[name], window(each, 7))}
            for n, name in accounts.items()
        }
        for each in days
    }

    def found(**more: object) -> set[str]:
        node = from_document({"field": "metric.events_7", **more}, FIELDS)
        return {accounts[n] for n in matching(node, history, on)}

    before, year = {"against": "period_before"}, {"against": "year_before"}
    assert found(change=before, comparison="<=", value=-0.3) == set(expected["trigger_pop_down_30pct"])
    assert found(change=year, comparison="<=", value=-0.2) == set(expected["trigger_yoy_down_20pct"])
    for comparison, inside in (("bottom", "strictly_below"), ("top", "strictly_above")):
        edge = expected[f"{comparison}_10pct"]
        assert found(comparison=comparison, value={"percent": 10}) == {*edge[inside], *edge["tied_at_boundary"]}


def few(value: float = 5) -> dict[str, object]:
    return {"field": "metric.events_7", "comparison": "<", "value": value}


def meant(document: object, history: dict) -> set[int]:
    values = {
        day: {account: {} if value is None else {"metric.events_7": value} for account, value in accounts.items()}
        for day, accounts in history.items()
    }
    return matching(from_document(document, FIELDS), values, DAY)


def test_it_takes_a_comparison_with_something_unknown_for_false_and_turns_it_round_with_not():
    history = {DAY: {1: 3.0, 2: 7.0, 3: None}}
    assert meant(few(), history) == {1}
    assert meant({"not": few()}, history) == {2, 3}
    assert meant({"field": "metric.events_7", "comparison": "!=", "value": 3}, history) == {2}
    assert meant({"field": "metric.events_7", "comparison": "unknown"}, history) == {3}
    assert meant({"all": []}, history) == {1, 2, 3}


def test_it_holds_for_days_only_where_no_day_is_missing():
    history = {
        ago(2): {1: 1.0, 2: 1.0, 4: 1.0},
        ago(1): {1: 1.0, 2: 9.0, 3: 1.0},
        DAY: {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0},
    }
    assert meant({"held": few(), "days": 3}, history) == {1}
    assert meant({"held": few(), "days": 2}, history) == {1, 3}


def test_it_became_so_only_where_it_was_there_and_was_not():
    history = {ago(2): {2: 9.0}, ago(1): {1: 9.0, 2: 1.0, 4: 9.0}, DAY: {1: 1.0, 2: 1.0, 3: 1.0, 4: 9.0}}
    assert meant({"became": few(), "days": 1}, history) == {1}
    assert meant({"became": few(), "days": 2}, history) == {1, 2}
    assert meant({"became": {"not": few()}, "days": 2}, history) == set()


@pytest.mark.parametrize(
    ("best", "meant_"),
    [
        ({"count": 2}, {1, 2, 3}),  # 2 and 3 tie
        ({"percent": 20}, {1}),
        ({"percent": 20.01}, {1, 2, 3}),  # rounded up
        ({"percent": 100}, {1, 2, 3, 4, 5}),
        ({"count": 99}, {1, 2, 3, 4, 5}),
    ],
)
def test_it_ranks_those_with_a_value_and_takes_ties_in(best, meant_):
    history = {DAY: {1: 9.0, 2: 8.0, 3: 8.0, 4: 7.0, 5: 6.0, 6: None}}
    assert meant({"field": "metric.events_7", "comparison": "top", "value": best}, history) == meant_


def test_it_ranks_within_groups_without_regard_to_capitals():
    values = {1: ("Retail", 1.0), 2: ("retail", 2.0), 3: ("bank", 9.0), 4: ("bank", 8.0), 5: (None, 0.0)}
    history = {DAY: {a: {"metric.events_7": v, "fact.industry": i} for a, (i, v) in values.items()}}
    document = {"field": "metric.events_7", "comparison": "bottom", "value": {"count": 1}, "within": "fact.industry"}
    assert matching(from_document(document, FIELDS), history, DAY) == {1, 4}


@pytest.mark.parametrize(
    ("comparison", "value", "days"),
    [
        ("in_next_days", 2, {0, 1, 2}),
        ("in_last_days", 1, {-1, 0}),
        ("<", {"days": -1}, {-3, -2}),
        (">=", "2026-03-12", {2, 3}),
        ("between", [{"days": -2}, "2026-03-10"], {-2, -1, 0}),
    ],
)
def test_it_counts_dates_from_the_day_both_ends_included(comparison, value, days):
    accounts = {n + 3: n for n in range(-3, 4)}
    history = {DAY: {account: {"fact.renewal": DAY + timedelta(days=n)} for account, n in accounts.items()}}
    document = {"field": "fact.renewal", "comparison": comparison, "value": value}
    assert {accounts[each] for each in matching(from_document(document, FIELDS), history, DAY)} == days


def test_it_has_no_change_without_a_base_and_a_difference_from_nothing():
    history = {ago(7): {1: 0.0, 2: 4.0, 3: 10.0}, DAY: {1: 5.0, 2: 8.0, 3: 15.0, 4: 5.0}}
    change = {"against": "period_before", "minimum": 5}
    grown = {"field": "metric.events_7", "comparison": ">", "value": 0}
    assert meant({**grown, "change": change}, history) == {3}
    assert meant({**grown, "change": {"against": "period_before"}}, history) == {2, 3}
    assert meant({**grown, "change": {"against": "days_before", "days": 7, "as": "difference"}}, history) == {1, 2, 3}
