from datetime import date

import pytest
from django.utils import translation

from tenure.ui import numbers

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0"),
        (1234567, "1,234,567"),
        (12.34, "12.3"),
        (12.0, "12"),
        (-3, "−3"),
        (-0.01, "0.0"),
        (99.96, "100"),
    ],
)
def test_it_writes_numbers(value, text):
    assert numbers.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0, "0%"), (0.62, "62%"), (0.004, "0.4%"), (0.996, "99.6%"), (1, "100%"), (1.5, "150%")],
)
def test_it_writes_shares_without_claiming_an_end_too_early(value, text):
    assert numbers.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.031, "+3.1%"), (-0.124, "−12%"), (0, "0.0%"), (-0.0001, "0.0%"), (2.5, "+250%"), (None, "–")]
)
def test_it_writes_changes_with_their_sign(value, text):
    assert numbers.change(value) == text


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 11, 22), "today", "今天"),
        (date(2026, 11, 21), "yesterday", "昨天"),
        (date(2026, 11, 23), "tomorrow", "明天"),
        (date(2027, 1, 18), "in 57 days", "57天后"),
        (date(2026, 11, 19), "3 days ago", "3天前"),
        (date(2022, 11, 22), "1,461 days ago", "1,461天前"),
    ],
)
def test_it_says_how_far_a_day_is(day, english, chinese):
    assert numbers.relative(day, TODAY) == english
    with translation.override("zh-hans"):
        assert numbers.relative(day, TODAY) == chinese


def test_it_shortens_large_numbers_as_each_language_does():
    assert [numbers.compact(n) for n in (950, 12_300, 4_500_000)] == ["950", "12.3k", "4.5M"]
    with translation.override("zh-hans"):
        assert [numbers.compact(n) for n in (950, 12_300, 450_000_000)] == ["950", "1.2万", "4.5亿"]


def test_it_writes_money_by_currency():
    assert numbers.money(123450, "USD") == "$1,234.50"
    with translation.override("zh-hans"):
        assert numbers.money(123456780, "CNY") == "¥1,234,567.80"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.012, "12 ms"), (59, "59 s"), (200, "3 min 20 s"), (7200, "2 h"), (97_200, "1 d 3 h"), (None, "–")],
)
def test_it_writes_durations_in_two_parts(seconds, text):
    assert numbers.duration(seconds) == text


def test_it_writes_a_metric_by_its_unit():
    assert numbers.measure(0.5, "share") == "50%"
    assert numbers.measure(1, "days") == "1 day"
    assert numbers.measure(1200, "users") == "1,200"


def test_it_writes_sizes():
    assert [numbers.size(n) for n in (12, 1500, 2_500_000, 3e9)] == ["12 B", "1.5 kB", "2.5 MB", "3 GB"]
