"""What a condition can ask about: fields, their types, and where their values come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FieldType(StrEnum):
    """Values are floats, dates, texts, booleans, or sets of texts or of members' ids; None is unknown."""

    NUMBER = "number"
    SHARE = "share"  # 0.2 is 20 %
    MONEY = "money"  # in whole units of its currency
    DAYS = "days"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"  # a set of texts
    TEXT = "text"
    YES_NO = "yes_no"
    MEMBER = "member"  # a set of members' ids


NUMBERS = frozenset({FieldType.NUMBER, FieldType.SHARE, FieldType.MONEY, FieldType.DAYS})
GROUPS = frozenset({FieldType.CHOICE, FieldType.TEXT, FieldType.YES_NO})  # what accounts can be ranked within

Value = float | date | str | bool | frozenset[str] | frozenset[int] | None


@dataclass(frozen=True)
class DayColumn:
    """A column of account_day. A choice's column holds numbers: `codes` says which option is which."""

    name: str
    codes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FactField:
    """What the facts of this name say at the end of the day, as JSON."""

    name: str


@dataclass(frozen=True)
class FirstDay:
    """The account's first day."""


@dataclass(frozen=True)
class Given:
    """Values that come along with the question, as JSON from a day on (see warehouse.conditions.question)."""

    name: str


Source = DayColumn | FactField | FirstDay | Given


@dataclass(frozen=True)
class Field:
    """Something every account may have a value of on a day.

    `window_days`: how many days its number looks back on, for a change against the period before.
    `options` are a choice's, in order; None: whatever comes.
    """

    key: str
    type: FieldType
    source: Source
    window_days: int | None = None
    options: tuple[str, ...] | None = None


Fields = Mapping[str, Field]
