from datetime import UTC, date, datetime

from tenure.lib import xlsx
from tests.lib.sheet import sheet


def test_it_writes_text_as_text_and_numbers_as_numbers():
    rows = [
        ["=1+1", 2, 0.5, None],
        ["https://example.com", date(2026, 1, 1), datetime(2026, 1, 1, 12, tzinfo=UTC), "客户"],
    ]
    with xlsx.workbook("Accounts: all/now", ["A", "B", "C", "D"], rows) as file:
        assert sheet(file.read()) == [
            ["A", "B", "C", "D"],
            ["=1+1", 2.0, 0.5],
            ["https://example.com", 46023.0, 46023.5, "客户"],
        ]


def test_it_says_when_a_sheet_is_full(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    with xlsx.workbook("A", ["A"], ([n] for n in range(10))) as file:
        assert sheet(file.read()) == [["A"], [0.0], [1.0], ["…"]]
