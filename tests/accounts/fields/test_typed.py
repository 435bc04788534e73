"""Values of fields: read from what people type, checked, and shown."""

import pytest
from django.utils import translation

from tenure.accounts.fields.typed import BadValue, check, read
from tenure.accounts.fields.words import plain, show, typed
from tenure.accounts.models import Field, FieldType

OPTIONS = [
    {"value": "high", "name": "High", "names": {"zh-hans": "高"}},
    {"value": "low", "name": "Low", "names": {"zh-hans": "低"}},
]


def field(kind, **more):
    return Field(key="x", name="X", type=kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value", "shown"),
    [
        (FieldType.TEXT, "  Retail ", "Retail", "Retail"),
        (FieldType.NUMBER, "1,234.50", 1234.5, "1,234"),
        (FieldType.NUMBER, "１２ ", 12, "12"),
        (FieldType.MONEY, "$ 1,200.50", 1200.5, "$1,200.50"),
        (FieldType.DATE, "2026/3/5", "2026-03-05", "2026-03-05"),
        (FieldType.DATE, "2026年3月5日", "2026-03-05", "2026-03-05"),
        (FieldType.CHOICE, "高", "high", "High"),
        (FieldType.CHOICES, "Low, high", ["high", "low"], "High, Low"),
        (FieldType.PHONE, "+86  138 0000 0000", "+86 138 0000 0000", "+86 138 0000 0000"),
        (FieldType.LINK, "example.com/a", "https://example.com/a", "https://example.com/a"),
        (FieldType.YES_NO, "是", True, "Yes"),
    ],
)
def test_it_reads_and_shows(kind, text, value, shown):
    made = field(kind, options=OPTIONS, currency="USD")
    assert read(made, text) == value
    assert show(made, value) == shown


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (FieldType.NUMBER, "a lot", "Write a number"),
        (FieldType.NUMBER, "NaN", "Write a number|too large"),
        (FieldType.NUMBER, "-1", "At least 0"),
        (FieldType.NUMBER, "101", "At most 100"),
        (FieldType.MONEY, "1.234", "two decimals"),
        (FieldType.DATE, "2026-02-30", "year-month-day"),
        (FieldType.CHOICE, "middling", "High, Low"),
        (FieldType.PHONE, "call me", "phone number"),
        (FieldType.LINK, "javascript:alert(1)", "web address"),
        (FieldType.LINK, "https://a b.com", "web address"),
        (FieldType.YES_NO, "perhaps", "yes or no"),
        (FieldType.TEXT, "x" * 21, "At most 20 characters; these are 21"),
    ],
)
def test_it_says_what_is_wrong(kind, text, problem):
    with pytest.raises(BadValue, match=problem):
        read(field(kind, options=OPTIONS, minimum=0, maximum=100, longest=20), text)


def test_a_required_one_cannot_be_emptied():
    assert read(field(FieldType.TEXT), " ") is None
    with pytest.raises(BadValue, match="empty"):
        check(field(FieldType.TEXT, required=True), None)


@pytest.mark.django_db
def test_a_member_is_one_who_works_here_now(alice, charlie):
    owner = field(FieldType.MEMBER)
    assert read(owner, "alice@example.com") == read(owner, str(alice.pk)) == alice.pk
    assert show(owner, alice.pk) == show(owner, alice.pk, {alice.pk: "Alice"}) == "Alice"
    with pytest.raises(BadValue, match="works here"):
        read(owner, str(charlie.pk))


def test_it_speaks_the_persons_language_and_shows_anything():
    with translation.override("zh-hans"):
        assert show(field(FieldType.CHOICE, options=OPTIONS), "high") == "高"
    assert show(field(FieldType.CHOICE, options=OPTIONS), "gone") == "gone"
    assert show(field(FieldType.NUMBER, unit="people"), 1200) == "1,200 people"
    assert show(field(FieldType.NUMBER), "many") == "many"
    assert plain({"a": [1, True]}) == "a: 1, Yes"
    assert show(field(FieldType.TEXT), None) == "–"
    assert [typed(value) for value in (None, True, [1, 2], 3.5)] == ["", "yes", "1, 2", "3.5"]
