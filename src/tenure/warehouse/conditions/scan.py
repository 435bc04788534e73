"""One pass over account_day for a span of days, joined to whatever the expressions about its rows need."""

from collections.abc import Callable
from datetime import date, timedelta

from tenure.core.change import year_before
from tenure.core.conditions.fields import DayColumn, Field, FirstDay
from tenure.core.conditions.tree import As, ChangeOf, Leaf
from tenure.warehouse.conditions.dialect import Dialect

ROW = "d"  # the alias of the day's own row


class Scan:
    """Values are asked for first, as expressions; `sql` then puts the statement together around them.

    `spans_of` gives the name of the relation (account_id, first_day, until_day, value) of a field that facts or the
    question say.
    """

    def __init__(self, dialect: Dialect, spans_of: Callable[[Field], str], first: date, last: date) -> None:
        self.first = first
        self.last = last
        self._dialect = dialect
        self._spans_of = spans_of
        self._columns: dict[str, set[str]] = {ROW: set()}  # of the day itself and, by alias, of days before
        self._before: dict[str, int | None] = {}  # alias: days before, None a year
        self._joins: dict[str, str] = {}  # alias: join

    def operand(self, leaf: Leaf, field: Field) -> str:
        """What the leaf compares: the field's value that day, or its change."""
        value = self.value(field)
        return self._change(leaf.change, value, self._base(field, leaf.change.days)) if leaf.change else value

    def value(self, field: Field) -> str:
        """The field's value that day; null (a set: empty) when it is unknown. A code may be no option's: then, too."""
        match field.source:
            case DayColumn(name):
                return self._column(name, ROW)
            case FirstDay():
                self._joins["a"] = f"left join ({self._dialect.account}) as a on a.account_id = {ROW}.account_id"
                return "a.first_day"
            case _:
                return self._said(field, f"{ROW}.day", "")

    def column(self, name: str) -> str:
        """A column of account_day that day; null where it was never written."""
        return self._column(name, ROW)

    def group(self, field: Field) -> str:
        """The field's value that day, for ranking within it; null when it is unknown."""
        value = self.value(field)
        if isinstance(field.source, DayColumn) and field.source.codes:
            return f"case when {value} in ({', '.join(map(str, field.source.codes.values()))}) then {value} end"
        return value

    def join_days(self, relation: str) -> str:
        """Whether the row is in a relation (account_id, day, there); null or 0 when not."""
        self._joins[relation] = f"left join {relation} on {self._same(relation, f'{ROW}.day')}"
        return f"{relation}.there"

    def join_edge(self, relation: str, group: str | None) -> str:
        """The edge that relation (day, edge, grouped) has for the row's day and group; null for no group."""
        within = f" and {relation}.grouped = {group}" if group else ""
        self._joins[relation] = f"left join {relation} on {relation}.day = {ROW}.day{within}"
        return f"{relation}.edge"

    def sql(self, select: str, where: str) -> str:
        """SELECT over the joined rows; a `where` that is null is false."""
        joins = [self._join_before(alias) for alias in self._before] + list(self._joins.values())
        rows = self._rows(ROW, self.first, self.last)
        return f"select {select} from ({rows}) as {ROW} {' '.join(joins)} where {where}"

    def _column(self, name: str, alias: str) -> str:
        self._columns[alias].add(name)
        return f"{alias}.{name}"

    def _base(self, field: Field, days: int | None) -> str:
        """The value so many days before; null when the account had no numbers then."""
        suffix = "year" if days is None else str(days)
        alias = f"{ROW}_{suffix}"
        self._before[alias] = days
        self._columns.setdefault(alias, set())
        if isinstance(field.source, DayColumn):
            return self._column(field.source.name, alias)
        return f"case when {alias}.there = 1 then {self._said(field, self._day_before(days), suffix)} end"

    def _day_before(self, days: int | None) -> str:
        return self._dialect.year_before(f"{ROW}.day") if days is None else f"({ROW}.day - {days})"

    def _date_before(self, day: date, days: int | None) -> date:
        return year_before(day) if days is None else day - timedelta(days=days)

    def _said(self, field: Field, day: str, suffix: str) -> str:
        spans = self._spans_of(field)
        alias = f"{spans}_{suffix}" if suffix else f"{spans}_d"
        if self.first == self.last:
            then = self._date_before(self.first, None if suffix == "year" else int(suffix or 0))
            on = self._dialect.day(then)
            only = f"select account_id, value from {spans} where first_day <= {on} and until_day > {on}"
            self._joins[alias] = f"left join ({only}) as {alias} on {alias}.account_id = {ROW}.account_id"
        else:
            self._joins[alias] = self._dialect.join_spans(alias, spans, f"{ROW}.account_id", day)
        return f"{alias}.value"

    def _join_before(self, alias: str) -> str:
        days = self._before[alias]
        rows = self._rows(alias, self._date_before(self.first, days), self._date_before(self.last, days))
        return f"left join ({rows}) as {alias} on {self._same(alias, self._day_before(days))}"

    def _same(self, alias: str, day: str) -> str:
        """On the same account and day; of a single day the account is enough."""
        same_day = "" if self.first == self.last else f" and {alias}.day = {day}"
        return f"{alias}.account_id = {ROW}.account_id{same_day}"

    def _rows(self, alias: str, first: date, last: date) -> str:
        dialect = self._dialect
        columns = "".join(f", {dialect.stored(name)} as {name}" for name in sorted(self._columns[alias]))
        there = "" if alias == ROW else ", 1 as there"
        days = f"day = {dialect.day(first)}" if first == last else _between(dialect, first, last)
        return f"select account_id, day{columns}{there} from {dialect.account_day} where {days}"

    def _change(self, change: ChangeOf, value: str, base: str) -> str:
        if change.as_ is As.SHARE:
            changed, tests = f"({value} - {base}) / abs({base})", [f"{base} <> 0"]
        else:
            changed, tests = f"({value} - {base})", []
        if change.minimum:
            tests.append(f"abs({base}) >= {self._dialect.bind(change.minimum)}")
        return f"case when {' and '.join(tests)} then {changed} end" if tests else changed


def _between(dialect: Dialect, first: date, last: date) -> str:
    return f"day between {dialect.day(first)} and {dialect.day(last)}"
