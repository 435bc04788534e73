"""Facts' JSON read by the type of the field."""

from datetime import date

import pytest

from tenure.core.conditions.fields import FieldType
from tenure.core.conditions.said import read_said


@pytest.mark.parametrize(
    ("type", "text", "value"),
    [
        (FieldType.NUMBER, "12.5", 12.5),
        (FieldType.NUMBER, '"12.5"', None),
        (FieldType.MONEY, "true", None),
        (FieldType.NUMBER, "1" + "0" * 400, None),
        (FieldType.DATE, '"2026-03-01T08:00:00Z"', date(2026, 3, 1)),
        (FieldType.DATE, '"2026-02-30"', None),
        (FieldType.DATE, '"1899-12-31"', None),
        (FieldType.DATE, '"2026-03-01 and on"', date(2026, 3, 1)),
        (FieldType.DATE, '"2026-03-011"', None),
        (FieldType.TEXT, '"Retail"', "Retail"),
        (FieldType.TEXT, '""', None),
        (FieldType.CHOICE, "3", "3"),
        (FieldType.CHOICE, "false", "false"),
        (FieldType.TEXT, "[1]", None),
        (FieldType.YES_NO, "true", True),
        (FieldType.YES_NO, '"true"', None),
        (FieldType.CHOICES, '["b",1,"a"]', frozenset({"a", "b"})),
        (FieldType.CHOICES, "[]", None),
        (FieldType.MEMBER, "7", frozenset({7})),
        (FieldType.MEMBER, '[1,true,"2"]', frozenset({1})),
        (FieldType.MEMBER, "null", None),
    ],
)
def test_it_reads_what_is_of_the_type_and_nothing_else(type, text, value):
    assert read_said(type, text) == value
