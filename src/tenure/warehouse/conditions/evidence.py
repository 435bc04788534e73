"""What explains one account: its values on the days a condition looks at, and where it stands among those ranked."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, cast

from tenure.core.conditions.explanation import Ranking
from tenure.core.conditions.fields import DayColumn, FactField, Field, Fields, FirstDay, Given, Value
from tenure.core.conditions.said import read_said
from tenure.core.conditions.tree import RANKS, Became, Best, Comparison, Held, Leaf, Node, leaves, parts_of
from tenure.warehouse.conditions.dialect import Dialect
from tenure.warehouse.conditions.plan import Plan
from tenure.warehouse.conditions.question import Question

Words = TypeVar("Words", bound=Dialect)


@dataclass(frozen=True)
class StoredEvidence:
    """See core.conditions.explanation.Evidence."""

    fields: Fields
    rows: Mapping[date, Mapping[str, float | int | None]]  # columns by day
    said: Mapping[str, tuple[list[date], list[Value]]]  # field: from which days on which values
    first_day: date | None
    rankings: Mapping[Leaf, Mapping[date, Ranking]]

    def is_there(self, day: date) -> bool:
        return day in self.rows

    def value(self, field: str, day: date) -> Value:
        if day not in self.rows:
            return None
        match self.fields[field].source:
            case DayColumn(name, codes):
                stored = self.rows[day][name]
                return next((option for option, code in codes.items() if code == stored), None) if codes else stored
            case FirstDay():
                return self.first_day
            case _:
                days, values = self.said[field]
                place = bisect_right(days, day)
                return values[place - 1] if place else None

    def ranking(self, leaf: Leaf, day: date) -> Ranking | None:
        return self.rankings[leaf].get(day)


def read_evidence(
    question: Question, account_id: int, new: Callable[[], Words], rows: Callable[[str, Words], list[Any]]
) -> StoredEvidence:
    """The evidence about one account for the question's last day; `new` begins a statement, `rows` answers it."""
    reader = _Reader(question, account_id, new, rows)
    named = {name for leaf in leaves(question.node) for name in (leaf.field, leaf.within) if name}
    fields = [question.fields[name] for name in sorted(named)]
    return StoredEvidence(
        fields=question.fields,
        rows=reader.rows(fields),
        said={field.key: reader.said(field) for field in fields if isinstance(field.source, FactField | Given)},
        first_day=reader.first_day() if any(isinstance(field.source, FirstDay) for field in fields) else None,
        rankings={leaf: reader.rankings(leaf, days) for leaf, days in _ranking(question.node, 0).items()},
    )


def _ranking(node: Node, days: int) -> dict[Leaf, int]:
    """The leaves that rank, with how many days before the last their ranking is asked for."""
    if isinstance(node, Leaf):
        return {node: days} if node.comparison in RANKS else {}
    days += node.days if isinstance(node, Held | Became) else 0
    found: dict[Leaf, int] = {}
    for part in parts_of(node):
        for leaf, back in _ranking(part, days).items():
            found[leaf] = max(back, found.get(leaf, 0))
    return found


class _Reader(Generic[Words]):
    def __init__(
        self, question: Question, account_id: int, new: Callable[[], Words], rows: Callable[[str, Words], list[Any]]
    ) -> None:
        self._question = question
        self._account = f"account_id = {int(account_id)}"
        self._new = new
        self._rows = rows

    def rows(self, fields: list[Field]) -> dict[date, dict[str, float | int | None]]:
        names = sorted({field.source.name for field in fields if isinstance(field.source, DayColumn)})
        dialect = self._new()
        columns = "".join(f", {dialect.stored(name)} as {name}" for name in names)
        days = f"day between {dialect.day(self._question.begin)} and {dialect.day(self._question.last)}"
        sql = f"select day{columns} from {dialect.account_day} where {self._account} and {days}"
        return {day: dict(zip(names, values, strict=True)) for day, *values in self._rows(sql, dialect)}

    def said(self, field: Field) -> tuple[list[date], list[Value]]:
        dialect = self._new()
        pieces = Plan(self._question, dialect).pieces(field)
        sql = f"select first_day, said from ({pieces}) as pieces where {self._account} order by first_day"
        found = self._rows(sql, dialect)
        return [day for day, _ in found], [read_said(field.type, said) for _, said in found]

    def first_day(self) -> date | None:
        dialect = self._new()
        found = self._rows(f"select first_day from ({dialect.account}) as known where {self._account}", dialect)
        return cast("date | None", found[0][0]) if found else None

    def rankings(self, leaf: Leaf, days: int) -> dict[date, Ranking]:
        dialect, last = self._new(), self._question.last
        plan = Plan(self._question, dialect)
        ranked = plan.ranked(leaf, last - timedelta(days=days), last)
        grouped = ", grouped" if leaf.within else ""
        better = ">" if leaf.comparison is Comparison.TOP else "<"
        mine = f"select day, operand as own{grouped} from ({ranked}) as one where {self._account}"
        sql = (
            f"{plan.relations} select mine.day, count(*) as size,"
            f" count(case when ranked.operand {better} mine.own then 1 end) + 1 as place,"
            f" {plan.edge(leaf, 'ranked.operand')} as edge"
            f" from ({ranked}) as ranked inner join ({mine}) as mine on mine.day = ranked.day"
            f"{' and mine.grouped = ranked.grouped' if leaf.within else ''}"
            f" where ranked.operand is not null and mine.own is not null group by mine.day, mine.own"
        )
        best = cast(Best, leaf.value)
        return {day: Ranking(place, size, best.of(size), edge) for day, size, place, edge in self._rows(sql, dialect)}
