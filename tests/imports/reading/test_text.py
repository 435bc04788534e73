"""Encodings, delimiters and lines of text files."""

import gzip

import pytest

TEXT = "客户,备注\nacme,续约 顺利\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
        ("account,note\nacme,fine\n".encode("utf-16-le"), "utf-16-le"),
        ("account,note\nacme,Müller\n".encode("windows-1252"), "windows-1252"),
    ],
)
def test_it_knows_the_encoding(reading, content, encoding):
    columns, rows, bad, manner = reading(content)
    assert (columns[0] in ("客户", "account"), len(rows), bad, manner.encoding) == (True, 1, [], encoding)
    assert rows[0][1][1] in ("续约 顺利", "fine", "Müller")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_it_knows_the_delimiter(reading, delimiter):
    text = delimiter.join(["a", "b"]) + "\n" + delimiter.join(["1,5" if delimiter != "," else "1", "x"]) + "\n"
    columns, rows, _, manner = reading(text)
    assert (columns, len(rows[0][1]), manner.delimiter) == (("a", "b"), 2, delimiter)


def test_it_takes_excels_word_for_the_delimiter(reading):
    assert reading("sep=;\na;b\n1,2;3\n")[:2] == (("a", "b"), [(3, ["1,2", "3"])])


def test_it_reads_a_file_with_one_column(reading):
    assert reading("account\nacme\nbolt\n")[1] == [(2, ["acme"]), (3, ["bolt"])]


def test_it_keeps_line_breaks_in_quotes_and_counts_lines(reading):
    _, rows, bad, _ = reading('a,b\n"one\ntwo",2\nthree,4\n')
    assert (rows, bad) == ([(2, ["one\ntwo", "2"]), (4, ["three", "4"])], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_reads_the_line_ends_of_every_system(reading, end):
    assert reading(f"a,b{end}1,2{end}{end}3,4{end}")[1] == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_it_reads_gzip(reading):
    assert reading(gzip.compress(b"a,b\n1,2\n"))[1] == [(2, ["1", "2"])]
