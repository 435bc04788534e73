"""What is written into a warehouse, as the history the interpreter reads."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tenure.core.conditions.explanation import Ranking
from tenure.core.conditions.fields import DayColumn, FactField, FirstDay, Value
from tenure.core.conditions.interpreter import History, group_of, operand
from tenure.core.conditions.said import read_said
from tenure.core.conditions.tree import Comparison, Leaf
from tenure.core.reference.facts import FactRow, values_at
from tests.core.conditions.fields import FIELDS

Row = Mapping[str, float | int | None]


@dataclass(frozen=True)
class World:
    """`rows` of account_day; `given` has, per account, from which days on who is in charge."""

    rows: Mapping[date, Mapping[int, Row]]
    facts: Sequence[FactRow] = ()
    first_days: Mapping[int, date | None] = field(default_factory=dict)
    given: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    zone: ZoneInfo = ZoneInfo("UTC")

    @property
    def pieces(self) -> list[tuple[int, date, str]]:
        return [(account, day, text) for account, texts in self.given.items() for day, text in texts.items()]

    def history(self) -> History:
        return {day: self._day(day, accounts) for day, accounts in self.rows.items()}

    def _day(self, day: date, accounts: Mapping[int, Row]) -> dict[int, dict[str, Value]]:
        end = datetime.combine(day + timedelta(days=1), time(), self.zone) - timedelta(microseconds=1)
        said = {(account, name): text for account, name, text in values_at(self.facts, end)}
        return {
            account: {key: value for key in FIELDS if (value := self._value(key, account, day, row, said)) is not None}
            for account, row in accounts.items()
        }

    def _value(self, key: str, account: int, day: date, row: Row, said: Mapping[tuple[int, str], str]) -> Value:
        match FIELDS[key].source:
            case DayColumn(name, codes):
                stored = row.get(name)
                return {code: option for option, code in codes.items()}.get(stored) if codes else stored
            case FactField(name):
                return read_said(FIELDS[key].type, said.get((account, name), "null"))
            case FirstDay():
                return self.first_days.get(account)
            case _:
                pieces = self.given.get(account, {})
                place = bisect_right(sorted(pieces), day)
                return read_said(FIELDS[key].type, pieces[sorted(pieces)[place - 1]] if place else "null")


@dataclass(frozen=True)
class HistoryEvidence:
    """What a history knows about one account."""

    history: History
    account: int

    def is_there(self, day: date) -> bool:
        return self.account in self.history.get(day, {})

    def value(self, name: str, day: date) -> Value:
        return self.history.get(day, {}).get(self.account, {}).get(name)

    def ranking(self, leaf: Leaf, day: date) -> Ranking | None:
        own, group = operand(leaf, self.history, self.account, day), self._group(leaf, self.account, day)
        if own is None or group is None:
            return None
        others = [account for account in self.history[day] if self._group(leaf, account, day) == group]
        values = [value for each in others if (value := operand(leaf, self.history, each, day)) is not None]
        values.sort(reverse=leaf.comparison is Comparison.TOP)
        taken = leaf.value.of(len(values))
        return Ranking(values.index(own) + 1, len(values), taken, values[taken - 1])

    def _group(self, leaf: Leaf, account: int, day: date) -> Value:
        if leaf.within is None:
            return "all"
        return group_of(self.history.get(day, {}).get(account, {}).get(leaf.within))
