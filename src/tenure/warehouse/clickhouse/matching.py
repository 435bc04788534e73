"""Which accounts a condition means, and why: on a day, or on each day of a span."""

from datetime import date
from typing import Any

from tenure.core.conditions.explanation import Evidence
from tenure.core.conditions.summary import Summary
from tenure.warehouse.clickhouse.account_day import AccountDays
from tenure.warehouse.clickhouse.condition_words import ClickHouseWords
from tenure.warehouse.conditions import plan
from tenure.warehouse.conditions.evidence import read_evidence
from tenure.warehouse.conditions.question import Question


class Matching(AccountDays):
    """matching, matching_counts and evidence."""

    def matching(self, question: Question) -> dict[date, frozenset[int]]:
        """See Store.matching."""
        words = self._words()
        rows = self._answer(plan.sets(question, words), words)
        return {day: frozenset(accounts) for day, accounts in rows}

    def matching_counts(self, question: Question) -> list[tuple[date, int]]:
        """See Store.matching_counts."""
        words = self._words()
        return [(day, accounts) for day, accounts in self._answer(plan.counts(question, words), words)]

    def summaries(self, question: Question, column: str) -> list[Summary]:
        """See Store.summaries."""
        words = self._words()
        rows = self._answer(plan.summaries(question, column, words), words)
        return [Summary(day, known, *(numbers if known else ())) for day, known, *numbers in rows]

    def evidence(self, question: Question, account_id: int) -> Evidence:
        """See Store.evidence."""
        columns = self._columns()
        return read_evidence(question, account_id, lambda: ClickHouseWords(columns), self._answer)

    def _words(self) -> ClickHouseWords:
        return ClickHouseWords(self._columns())

    def _answer(self, sql: str, words: ClickHouseWords) -> list[Any]:
        return self.connection.rows(sql, words.parameters.values)
