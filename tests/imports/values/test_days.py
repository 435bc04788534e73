"""Days and times in cells."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tenure.imports.values.days import Order, order_of, read_day, read_moment
from tenure.imports.values.errors import BadCell

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    "cell",
    ["2026-03-14", "2026/3/14", "2026.03.14", "2026年3月14日", "20260314", "14/3/2026", "3/14/2026", "14.03.2026",
     "14 Mar 2026", "March 14, 2026", "14-Mar-2026", "2026-03-14 10:00", "2026-03-14T10:00:00Z", 46095, DAY],
)  # fmt: skip
def test_it_reads_days_in_every_usual_form(cell):
    assert read_day(cell) == DAY


@pytest.mark.parametrize("cell", ["2026-02-30", "2026-13-01", "31/11/2026", "29 Feb 2025"])
def test_it_refuses_days_that_are_not_in_the_calendar(cell):
    with pytest.raises(BadCell, match="no day"):
        read_day(cell, Order.DAY_FIRST)


@pytest.mark.parametrize("cell", ["soon", "2026", "14/3", "", None, True, "2026-03-14x", "0026-03-14", "2999-01-01"])
def test_it_refuses_what_is_no_day(cell):
    with pytest.raises(BadCell):
        read_day(cell)


def test_it_asks_which_of_two_days_is_meant():
    with pytest.raises(BadCell, match="may be two days"):
        read_day("3/4/2026")
    assert read_day("3/4/2026", Order.DAY_FIRST) == date(2026, 4, 3)
    assert read_day("3/4/2026", Order.MONTH_FIRST) == date(2026, 3, 4)
    assert read_day("5/5/2026") == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("texts", "order"),
    [(["3/4/2026", "14/3/2026"], Order.DAY_FIRST), (["3/4/2026", "3/14/2026"], Order.MONTH_FIRST),
     (["3/4/2026"], None), (["14/3/2026", "3/14/2026"], None), (["3.4.2026"], Order.DAY_FIRST)],
)  # fmt: skip
def test_it_learns_the_order_from_the_column(texts, order):
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-14 10:30", datetime(2026, 3, 14, 2, 30, tzinfo=UTC)),
        ("2026-03-14T10:30:00Z", datetime(2026, 3, 14, 10, 30, tzinfo=UTC)),
        ("2026-03-14 10:30:00.25+02:00", datetime(2026, 3, 14, 8, 30, 0, 250000, tzinfo=UTC)),
        ("3/14/2026 3:05 PM", datetime(2026, 3, 14, 7, 5, tzinfo=UTC)),
        ("2026年3月14日 下午3:05", datetime(2026, 3, 14, 7, 5, tzinfo=UTC)),
        ("2026-03-14", datetime(2026, 3, 13, 16, tzinfo=UTC)),
        ("1773455400", datetime(2026, 3, 14, 2, 30, tzinfo=UTC)),
        (1773455400000, datetime(2026, 3, 14, 2, 30, tzinfo=UTC)),
        (datetime(2026, 3, 14, 10, 30), datetime(2026, 3, 14, 2, 30, tzinfo=UTC)),  # noqa: DTZ001
        (46095.5, datetime(2026, 3, 14, 4, tzinfo=UTC)),
    ],
)
def test_it_reads_times_in_the_workspaces_zone(cell, moment):
    assert read_moment(cell, ZoneInfo("Asia/Shanghai")) == moment


@pytest.mark.parametrize("cell", ["2026-03-14 25:00", "2026-03-14 10:75", "2026-03-14 13:00 pm", "2026-03-14 noon"])
def test_it_refuses_times_that_are_none(cell):
    with pytest.raises(BadCell):
        read_moment(cell, ZoneInfo("UTC"))
