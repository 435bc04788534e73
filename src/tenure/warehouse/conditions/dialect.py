"""What an engine says in its own words. Everything else of a condition's SQL is the same on both."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from tenure.core.conditions.fields import FieldType
from tenure.warehouse.conditions.day_of import DAY_US, Offset
from tenure.warehouse.conditions.question import Pieces


class Dialect(ABC):
    """One statement's: it collects the values bound to it, so that no text of a person becomes SQL."""

    lead: str  # window functions: a value of the row after, and of so many rows before
    lag: str
    account_day: str  # the tables as they are now
    account: str
    fact: str
    gather: str  # aggregate: values as a list

    @abstractmethod
    def bind(self, value: float | str) -> str:
        """The place of a value in the statement."""

    @abstractmethod
    def day(self, day: date) -> str: ...

    @abstractmethod
    def day_of_number(self, number: str) -> str:
        """The day that is so many days after 1 January 1970."""

    @abstractmethod
    def year_before(self, day: str) -> str: ...

    @abstractmethod
    def stored(self, column: str) -> str:
        """A column of account_day; null where it was never written."""

    @abstractmethod
    def among(self, column: str, ids: Collection[int]) -> str: ...

    @abstractmethod
    def pieces(self, pieces: Pieces) -> str:
        """A select of account_id, first_day and said."""

    @abstractmethod
    def latest(self, text: str, order: str) -> str:
        """Aggregate: the text of the latest, of equals the greatest text."""

    @abstractmethod
    def whole_part(self, number: str, divisor: int) -> str:
        """How often the divisor is in a whole number that is not negative."""

    @abstractmethod
    def median(self, values: str) -> str:
        """Aggregate: the middle of the numbers that are known, of two middles their mean."""

    @abstractmethod
    def edge(self, values: str, place: str, *, descending: bool) -> str:
        """Aggregate: the value at a place, 1 the first, in order; nullable."""

    @abstractmethod
    def read_said(self, type: FieldType) -> str:
        """The value that the column `said` says, as core.conditions.said.read_said does."""

    @abstractmethod
    def join_spans(self, alias: str, spans: str, account: str, day: str) -> str:
        """A left join of the span that the day lies in."""

    @abstractmethod
    def contains(self, text: str, part: str) -> str: ...

    @abstractmethod
    def starts_with(self, text: str, part: str) -> str: ...

    @abstractmethod
    def has_values(self, values: str) -> str:
        """Whether a set is known; never null."""

    @abstractmethod
    def has_any(self, values: str, wanted: Sequence[str]) -> str: ...

    @abstractmethod
    def has_all(self, values: str, wanted: Sequence[str]) -> str: ...

    def local_day(self, us: str, pieces: Sequence[Offset]) -> str:
        """The day of an instant at or after the first of the offsets."""
        ahead = str(pieces[-1].ahead_us)
        if len(pieces) > 1:
            cases = [f"when {us} < {after.since_us} then {before.ahead_us}" for before, after in pairwise(pieces)]
            ahead = f"case {' '.join(cases)} else {ahead} end"
        return self.day_of_number(self.whole_part(f"{us} + {ahead}", DAY_US))
