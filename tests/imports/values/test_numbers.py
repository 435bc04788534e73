"""Numbers in cells."""

import pytest

from tenure.imports.values.errors import BadCell
from tenure.imports.values.numbers import read_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1200", 1200),
        ("-7", -7),
        ("1,234", 1234),
        ("1,234,567.89", 1234567.89),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("12,5", 12.5),
        ("12.345", 12.345),
        ("1 234", 1234),
        ("1'234.5", 1234.5),
        ("￥1,200", 1200),
        ("¥ 99.5", 99.5),
        ("$1,000.00", 1000),
        ("1200元", 1200),
        ("1.2万", 12000),
        ("3万元", 30000),
        ("￥1.5亿", 150000000),
        ("100万", 1000000),
        ("12,3456", 123456),
        ("１２３", 123),
        ("(300)", -300),
        ("−5", -5),
        ("-￥5", -5),
        ("12%", 0.12),
        (".5", 0.5),
        (3.0, 3),
        (2.5, 2.5),
    ],
)
def test_it_reads_numbers_as_people_write_them(cell, number):
    assert read_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["", "abc", "1,23,4", "1.2.3", "--5", "(5", "12 apples", "1e400", "nan", True, None, "=1+1"]
)
def test_it_refuses_what_is_none(cell):
    with pytest.raises(BadCell):
        read_number(cell)


def test_it_refuses_what_is_too_large():
    with pytest.raises(BadCell, match="too large"):
        read_number("99999999亿")
