"""Columns of single days, held in memory: lists ask for the same ones, page after page and member after member."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa


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

    def _places(self, account: int) -> Iterator[int]:
        place = bisect_left(self.accounts, account)
        while place < len(self.accounts) and self.accounts[place] == account:
            yield place
            place += 1
