"""Columns of single days, held in memory: lists ask for the same ones, page after page and member after member."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class DaysHeld:
    """`rows`: account_id, day, further columns; in this order of `accounts`, which is the first column by itself."""

    accounts: Sequence[int]
    rows: pa.Table

    def of(self, account_ids: Collection[int]) -> list[tuple[int, date, *tuple[float | int | None, ...]]]:
        """The rows of these accounts, in order of account and day."""
        places = [place for account in sorted(account_ids) for place in self._places(account)]
        found = self.rows.take(pa.array(places, pa.int64()))
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def counts(self, column: str, account_ids: Collection[int]) -> list[tuple[int, int]]:
        """(value, rows of these accounts that have it), in order of the value; rows without one are left out."""
        wanted = pc.is_in(self.rows["account_id"], value_set=pa.array(account_ids, pa.uint32()))
        counted = pc.value_counts(self.rows[column].filter(wanted).drop_null())
        return sorted((each["values"], each["counts"]) for each in counted.to_pylist())

    def _places(self, account: int) -> Iterator[int]:
        place = bisect_left(self.accounts, account)
        while place < len(self.accounts) and self.accounts[place] == account:
            yield place
            place += 1
