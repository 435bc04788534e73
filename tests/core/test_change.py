from datetime import date, timedelta

import pytest

from tenure.core.change import (
    Grain,
    NoChange,
    Span,
    against_last_year,
    against_previous,
    change,
    total,
    window,
    window_before,
    window_year_before,
)
from tests.core import cs_core_sample


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("day", ["2025-06-15", "2026-02-28", "2026-05-31"])
def test_it_agrees_with_the_sample_company_over_seven_days(day):
    rows = cs_core_sample.expected()["metric_change"][day]["rows"]
    week = window(date.fromisoformat(day), 7)
    for row in rows:
        daily = cs_core_sample.queries()[row["account_id"]]
        now, before, last_year = (total(daily, each) for each in (week, window_before(week), window_year_before(week)))
        assert (now, before, last_year) == (row["cur7"], row["prev7"], row["lastyear7"])
        assert change(now, before).change == pytest.approx(row["pop"], abs=1e-6)
        assert change(now, last_year).change == pytest.approx(row["yoy"], abs=1e-6)
    assert len(rows) > 30


@pytest.mark.parametrize(
    ("value", "base", "minimum", "why"),
    [
        (None, 10, 0, NoChange.NO_VALUE),
        (10, None, 0, NoChange.NO_BASE),
        (10, 0, 0, NoChange.BASE_ZERO),
        (10, 4, 5, NoChange.TOO_LITTLE),
    ],
)
def test_it_has_no_value_without_a_base_and_says_why(value, base, minimum, why):
    assert (change(value, base, minimum).change, change(value, base, minimum).why_none) == (None, why)


def test_it_is_the_share_of_the_base():
    assert change(130, 100, minimum=100).change == pytest.approx(0.3)
    assert change(0, 80).change == -1
    assert change(-50, -100).change == 0.5


@pytest.mark.parametrize(
    ("day", "grain", "now", "before"),
    [
        ("2026-11-22", Grain.DAY, ("2026-11-22", "2026-11-22"), ("2026-11-21", "2026-11-21")),
        ("2026-11-18", Grain.WEEK, ("2026-11-16", "2026-11-18"), ("2026-11-09", "2026-11-11")),
        ("2026-11-22", Grain.MONTH, ("2026-11-01", "2026-11-22"), ("2026-10-01", "2026-10-22")),
        ("2026-03-30", Grain.MONTH, ("2026-03-01", "2026-03-28"), ("2026-02-01", "2026-02-28")),
        ("2026-02-28", Grain.MONTH, ("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-28")),
        ("2026-05-02", Grain.QUARTER, ("2026-04-01", "2026-05-02"), ("2026-01-01", "2026-02-01")),
    ],
)
def test_it_compares_equally_many_days_of_the_period_before(day, grain, now, before):
    assert against_previous(date.fromisoformat(day), grain) == (span(*now), span(*before))


@pytest.mark.parametrize(
    ("day", "now", "last_year"),
    [
        ("2026-11-22", ("2026-11-01", "2026-11-22"), ("2025-11-01", "2025-11-22")),
        ("2024-02-29", ("2024-02-01", "2024-02-28"), ("2023-02-01", "2023-02-28")),
    ],
)
def test_it_compares_the_same_dates_a_year_earlier(day, now, last_year):
    assert against_last_year(date.fromisoformat(day), Grain.MONTH) == (span(*now), span(*last_year))


def test_it_never_compares_spans_of_different_length():
    day = date(2023, 1, 1)
    while day < date(2026, 1, 1):
        for grain in Grain:
            for compare in (against_previous, against_last_year):
                now, base = compare(day, grain)
                assert now.days == base.days >= 1
                assert base.last < now.first
        day += timedelta(days=1)
