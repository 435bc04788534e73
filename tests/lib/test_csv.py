from datetime import UTC, date, datetime

import pytest

from tenure.lib import csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1+1"])
def test_it_keeps_text_from_running_as_a_formula(text):
    assert csv.escape(text) == "'" + text


@pytest.mark.parametrize("value", ["Acme", "a=b", -3, 2.5, None, date(2026, 11, 22)])
def test_it_leaves_everything_else_as_it_is(value):
    assert csv.escape(value) == value


def test_it_writes_a_mark_for_excel_and_quotes_what_needs_it():
    file = b"".join(csv.lines(["Name", "When"], [["Ünïcode, 客户", datetime(2026, 1, 2, 3, 4, 5, 6, UTC)]]))
    assert file == b"\xef\xbb\xbf" + 'Name,When\r\n"Ünïcode, 客户",2026-01-02T03:04:05+00:00\r\n'.encode()


def test_it_does_not_take_all_rows_at_once():
    def endless():
        while True:
            yield ["x"]

    lines = csv.lines(["A"], endless())
    assert [next(lines) for _ in range(3)][1:] == [b"x\r\n", b"x\r\n"]
