from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.events.formats.times import EPOCH, BadTime, read_number, read_text, read_unpadded_text

NEW_YEAR_US = 1_735_689_600_000_000  # 2025-01-01T00:00:00Z


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-01T00:00:00Z",
        "2025-01-01T00:00:00.000Z",
        "2025-01-01T00:00:00.000000000Z",
        "2025-01-01T08:00:00+08:00",
        "2025-01-01T08:00:00+0800",
        "2025-01-01T08:00+08",
        "2024-12-31T19:00:00-05:00",
        "2025-01-01 00:00:00",
        "2025-01-01 00:00:00 UTC",
        "2025-01-01",
        "2025-1-1",
        "20250101T000000Z",
        " 2025-01-01T00:00:00Z ",
        "1735689600",
        "1735689600.0",
        "1735689600000",
        "1735689600000000",
    ],
)
def test_it_reads_every_usual_form(text: str):
    assert read_text(text) == NEW_YEAR_US


def test_it_keeps_parts_of_a_second():
    assert read_text("2025-01-01T00:00:00.5Z") - NEW_YEAR_US == 500_000
    assert read_text("2025-01-01T00:00:00,123456789Z") - NEW_YEAR_US == 123_456
    assert read_number(1735689600.25) - NEW_YEAR_US == 250_000


@pytest.mark.parametrize("number", [1735689600, 1735689600.0, 1735689600000, 1735689600000000])
def test_it_tells_seconds_milliseconds_and_microseconds_apart(number: float):
    assert read_number(number) == NEW_YEAR_US


def test_it_never_gives_0_which_means_none():
    assert read_text("1970-01-01T00:00:00Z") == read_number(0) == read_unpadded_text("1970-01-01 00:00:00") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2025-13-01",
        "2025-02-30T00:00:00Z",
        "2025-01-01T25:00:00Z",
        "12:00",
        "9" * 40,
        "2025-01-01T00:00:00+99:99",
    ],
)
def test_it_refuses_what_is_no_time(text: str):
    with pytest.raises(BadTime):
        read_text(text)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, 10**30])
def test_it_refuses_numbers_out_of_all_range(number: float):
    with pytest.raises(BadTime):
        read_number(number)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2025-01-01 00:00:00.7", 7),
        ("2025-01-01 00:00:00.007", 7),
        ("2025-01-01 00:00:00.70", 70),
        ("2025-01-01 00:00:00.700", 700),
        ("2025-01-01 00:00:00", 0),
        ("2025-01-01 00:00:00.123456", 123.456),
    ],
)
def test_it_counts_milliseconds_that_are_not_padded(text: str, ms: float):
    assert read_unpadded_text(text) - NEW_YEAR_US == ms * 1000


def test_it_reads_unpadded_text_in_its_zone():
    assert read_unpadded_text("2025-01-01 08:00:00.7", minutes_east=480) == NEW_YEAR_US + 7000


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_it_reads_back_what_python_writes(moment: datetime):
    assert EPOCH + timedelta(microseconds=read_text(moment.isoformat())) == (
        moment if moment != EPOCH else EPOCH + timedelta(microseconds=1)
    )
