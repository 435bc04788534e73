"""Files nobody can read, or not wholly: a clear word with line numbers, and the good rows read."""

import gzip
import io
import tracemalloc
import zipfile

import pytest

from tenure.imports.errors import BadImport
from tenure.imports.reading import excel
from tenure.imports.reading.sheet import MAX_LINE


def archive(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"\n\n  \n", "The file is empty"),
        (b"a,b,a\n1,2,3\n", "Line 1: the column “a” is there twice, as number 1 and 3"),
        (bytes(range(256)) * 20, "Line 1: this is no text file"),
        (archive(data="a,b\n1,2\n"), "This is a ZIP archive"),
        (b"PK\x03\x04 cut off", "damaged archive"),
        (gzip.compress(archive(data="x")), "Inside the gzip file is no text"),
        (gzip.compress(b"a,b\n" + bytes(range(48, 58)) * 9_000)[:-20], "breaks off|cannot be read"),
        (b"[1, 2", "This is no JSON"),
        (b"PAR1 and nothing more", "This Parquet file cannot be read"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(reading, content, says):
    with pytest.raises(BadImport, match=says):
        reading(content)


def test_it_refuses_ragged_rows_and_reads_the_others(reading):
    _, rows, bad, _ = reading("a,b\n1,2\n3\n4,5,6\n7,8,\n9,10\n")
    assert rows == [(2, ["1", "2"]), (5, ["7", "8"]), (6, ["9", "10"])]
    assert bad == [(3, "The row has 1 cells, the header 2."), (4, "The row has 3 cells, the header 2.")]


def test_it_refuses_the_line_of_a_quote_that_is_never_closed(reading):
    _, rows, bad, _ = reading('a,b\n1,2\n3,"open\n5,6\n7,8\n')
    assert rows == [(2, ["1", "2"]), (4, ["5", "6"]), (5, ["7", "8"])]
    assert bad == [(3, "A quotation mark opens here and is never closed.")]


def test_it_refuses_text_after_a_closing_quote(reading):
    _, rows, bad, _ = reading('a,b\n"x" y,2\n3,4\n')
    assert ([number for number, _ in rows], [number for number, _ in bad]) == ([3], [2])


def test_it_refuses_lines_with_nul_bytes_and_with_wrong_bytes(reading):
    text = "a,b\n客户,2\n".encode() + b"x\0y,2\n" + b"\xff\xfe,3\n" + b"4,5\n"
    _, rows, bad, _ = reading(text, encoding="utf-8")
    assert [number for number, _ in rows] == [2, 5]
    assert [(number, problem.split(":")[0]) for number, problem in bad] == [
        (3, "The line has NUL bytes"),
        (4, "Character 1 is not in the file's encoding."),
    ]


def test_it_never_holds_a_gigantic_line(reading, tmp_path):
    path = tmp_path / "long.csv.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(b"a,b\n1,2\n")
        for _ in range(64):
            file.write(b"x" * 2**20)
        file.write(b"\n3,4\n")
    content = path.read_bytes()
    tracemalloc.start()
    _, rows, bad, _ = reading(content, "other.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ([number for number, _ in rows], bad) == ([2, 4], [(3, f"The line has more than {MAX_LINE} characters.")])
    assert peak < 16 * 2**20


def test_it_never_unpacks_a_bomb(reading, monkeypatch):
    bomb = archive(**{"xl__workbook.xml": "<x/>", "xl__sheet.xml": " " * 2**21})
    monkeypatch.setattr(excel, "MOST_UNPACKED", 2**20)
    with pytest.raises(BadImport, match="larger than 1 MB once unpacked"):
        reading(bomb, "bomb.xlsx")
