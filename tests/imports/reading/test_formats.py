"""Excel, Parquet and JSON."""

import io
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tenure.imports.errors import BadImport

HEADS = ["account", "seats", "on"]


def workbook(**sheets):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_it_reads_excel_with_types_and_rows_numbered_as_on_screen(reading):
    content = workbook(Empty=[], Data=[HEADS, ["acme", 20, date(2026, 3, 1)], [], ["bolt", 2.5, "soon"]])
    columns, rows, bad, manner = reading(content, "table.xlsx")
    assert (columns, bad, manner.sheet) == (tuple(HEADS), [], "Data")
    assert rows == [(2, ["acme", 20, date(2026, 3, 1)]), (4, ["bolt", 2.5, "soon"])]


def test_it_reads_the_sheet_one_names_whatever_the_file_is_called(reading):
    content = workbook(One=[["a"], ["1"]], Two=[["b"], ["2"]])
    assert reading(content, "export.csv", sheet="Two")[0] == ("b",)
    with pytest.raises(BadImport, match="no sheet “Three”"):
        reading(content, sheet="Three")


def test_it_never_runs_a_formula(reading):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    page.write_row(0, 0, ["a", "b"])
    page.write_formula(1, 0, '=HYPERLINK("http://x.example")', value="as computed")
    page.write(1, 1, 1)
    book.close()
    assert reading(buffer.getvalue(), "f.xlsx")[1] == [(2, ["as computed", 1])]


def test_it_reads_parquet(reading):
    buffer = pa.BufferOutputStream()
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    pq.write_table(pa.table({"account": ["acme", None], "at": [at, at]}), buffer)
    assert reading(buffer.getvalue().to_pybytes())[1] == [(1, ["acme", at]), (2, [None, at])]


def test_it_leaves_out_nul_characters_that_databases_refuse(reading):
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table({"a\0": ["x\0", "y"], "b": [["\0"], []], "c": [b"z\0", None]}), buffer)
    assert reading(buffer.getvalue().to_pybytes())[:2] == (
        ("a", "b", "c"),
        [(1, ["x", [""], "z"]), (2, ["y", [], None])],
    )
    line = json.dumps({"a\0": "x\0", "b": {"\0": [r"\u0000"]}})
    for content in (line, f"[{line}]"):
        assert reading(content)[:2] == (("a", "b"), [(1, ["x", {"": [r"\u0000"]}])])


def test_it_reads_json_lines_and_names_the_bad_ones(reading):
    text = '{"a": 1}\n\n{broken\n{"b": [2]}\n[3]\n'
    columns, rows, bad, _ = reading(text, "x.jsonl")
    assert (columns, rows) == (("a", "b"), [(1, [1, None]), (4, [None, [2]])])
    assert [number for number, _ in bad] == [3, 5]


@pytest.mark.parametrize(
    "text", [json.dumps([{"a": 1}]), json.dumps([{"a": 1}], indent=1), '{"a": 1}', '{"a":\n 1}\n'.replace("\n ", " ")]
)
def test_it_reads_lists_and_single_objects(reading, text):
    assert reading(text)[1] == [(1, [1])]


@pytest.mark.parametrize("indent", [None, 1])
def test_it_reads_objects_by_id(reading, indent):
    text = json.dumps({"company": {"acme": {"name": "Acme"}}}, indent=indent)
    assert reading(text)[:2] == (("id", "name"), [(1, ["acme", "Acme"])])
