import pytest

from tenure.lib.whole import whole, wholes


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("999999999", 999_999_999)])
def test_it_reads_digits(text, number):
    assert whole(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1.0", "1e3", "1_000", "²", "٣", "１２", "一", "1\n", "1234567890"]
)
def test_anything_else_is_no_number(text):
    assert whole(text) is None


def test_it_takes_as_many_digits_as_it_is_told():
    assert whole("123456", 6) == 123456
    assert whole("1234567", 6) is None
    assert whole("123456789012345678", 18) == 123456789012345678


def test_it_leaves_out_what_is_none_of_many():
    assert wholes(["2", "x", "", "1", "2"]) == [2, 1, 2]
