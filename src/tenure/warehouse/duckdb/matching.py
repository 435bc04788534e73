"""Which accounts a condition means, and why: on a day, or on each day of a span."""

from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa

from tenure.core.conditions.explanation import Evidence
from tenure.core.conditions.summary import Summary
from tenure.warehouse.conditions import plan
from tenure.warehouse.conditions.evidence import read_evidence
from tenure.warehouse.conditions.question import Pieces, Question
from tenure.warehouse.duckdb.account_day import AccountDay
from tenure.warehouse.duckdb.condition_words import DuckDBWords


class Matching(AccountDay):
    def matching(self, question: Question) -> dict[date, frozenset[int]]:
        words = self._words()
        sql = plan.sets(question, words)
        with self.reading(_tables(words)) as cursor:
            found: pa.Table = cursor.execute(sql, words.values).to_arrow_table().combine_chunks()
        return _by_day(found) if found.num_rows else {}

    def matching_counts(self, question: Question) -> list[tuple[date, int]]:
        words = self._words()
        return self._answer(plan.counts(question, words), words)

    def summaries(self, question: Question, column: str) -> list[Summary]:
        words = self._words()
        rows = self._answer(plan.summaries(question, column, words), words)
        return [Summary(day, known, *(numbers if known else ())) for day, known, *numbers in rows]

    def evidence(self, question: Question, account_id: int) -> Evidence:
        return read_evidence(question, account_id, self._words, self._answer)

    def _words(self) -> DuckDBWords:
        return DuckDBWords(self.columns)

    def _answer(self, sql: str, words: DuckDBWords) -> list[Any]:
        with self.reading(_tables(words)) as cursor:
            rows: list[Any] = cursor.execute(sql, words.values).fetchall()
        return rows


def _by_day(found: pa.Table) -> dict[date, frozenset[int]]:
    """{day: accounts} of columns day and accounts; the ids straight out of Arrow's memory: 20 times as fast."""
    accounts = found["accounts"].chunk(0)
    offsets = accounts.offsets.to_pylist()
    ids = memoryview(accounts.values.buffers()[1]).cast("I")[accounts.values.offset :]
    days = found["day"].to_pylist()
    spans = zip(days, pairwise(offsets), strict=True)
    return {day: frozenset(ids[start:end].tolist()) for day, (start, end) in spans}


def _tables(words: DuckDBWords) -> dict[str, pa.Table]:
    tables = {name: pa.table({"id": pa.array(ids, pa.uint32())}) for name, ids in words.ids.items()}
    return tables | {name: _table(pieces) for name, pieces in words.given.items()}


def _table(pieces: Pieces) -> pa.Table:
    accounts, days, said = zip(*pieces, strict=True) if pieces else ((), (), ())
    return pa.table(
        {
            "account_id": pa.array(accounts, pa.uint32()),
            "first_day": pa.array(days, pa.date32()),
            "said": pa.array(said, pa.string()),
        }
    )
