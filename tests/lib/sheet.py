"""Reads the first sheet of an Excel file back, without a library: text as str, numbers as float."""

import io
import zipfile
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(content: bytes) -> list[list[str | float]]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [[_value(cell) for cell in row.iter(f"{_MAIN}c")] for row in root.iter(f"{_MAIN}row")]


def _value(cell: ElementTree.Element) -> str | float:
    assert cell.find(f"{_MAIN}f") is None, "a formula"
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    return float(cell.findtext(f"{_MAIN}v") or "nan")
