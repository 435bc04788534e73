"""Runs of days in a segment become rows: from the first day, or entered on a day, and left or not."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tenure.demo.memberships import membership_rows

FIRST = date(2026, 3, 1)


def test_it_makes_a_row_of_each_run():
    days = [FIRST + timedelta(days=n) for n in range(4)]
    found = {days[0]: frozenset({1}), days[1]: frozenset({1, 2}), days[3]: frozenset({1, 2})}
    rows = [
        (account, entered.day, began, left and left.day)
        for account, entered, _seen, began, left, _then in membership_rows(days, found, ZoneInfo("Asia/Shanghai"))
    ]
    assert rows == [(1, 1, True, 3), (2, 2, False, 3), (1, 4, False, None), (2, 4, False, None)]
