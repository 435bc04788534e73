"""A condition as one SQL statement over a span of days.

Whatever stands in the row of the day becomes a plain filter. What needs other rows becomes a relation of its own, which
the row is joined to: the edges of ranks, the days on which `held` and `became` hold, the spans that facts are true for.
"""

from datetime import date, timedelta
from typing import cast

from tenure.core.conditions.fields import FactField, Field, Given
from tenure.core.conditions.tree import RANKS, AllOf, AnyOf, Became, Best, Comparison, Held, Leaf, Node, Not, names_me
from tenure.warehouse.conditions.day_of import offsets, start_us
from tenure.warehouse.conditions.dialect import Dialect
from tenure.warehouse.conditions.leaf_sql import leaf_sql
from tenure.warehouse.conditions.question import Question
from tenure.warehouse.conditions.scan import ROW, Scan

ACCOUNT_AND_DAY = f"{ROW}.account_id as account_id, {ROW}.day as day"


def sets(question: Question, dialect: Dialect) -> str:
    """SELECT day, accounts (a list): by day, days without any left out."""
    return _by_day(question, dialect, f"{dialect.gather}(account_id) as accounts")


def counts(question: Question, dialect: Dialect) -> str:
    """SELECT day, accounts (how many): by day, days without any left out."""
    return _by_day(question, dialect, "count(*) as accounts")


def summaries(question: Question, column: str, dialect: Dialect) -> str:
    """SELECT day, known, total, mean, median of a column of account_day: by day, days without accounts left out."""
    median = dialect.median("value")
    numbers = f"count(value) as known, sum(value) as total, avg(value) as mean, {median} as median"
    return _by_day(question, dialect, numbers, column)


def _by_day(question: Question, dialect: Dialect, wanted: str, column: str | None = None) -> str:
    plan = Plan(question, dialect)
    scan = plan.scan(question.first, question.last)
    where = plan.expression(question.node, scan)
    if question.visible is not None:
        where = f"({where}) and {dialect.among(f'{ROW}.account_id', question.visible)}"
    value = f", {scan.column(column)} as value" if column else ""
    found = scan.sql(f"{ACCOUNT_AND_DAY}{value}", where)
    return f"{plan.relations} select day, {wanted} from ({found}) as found group by day order by day"


class Plan:
    """The relations that one statement needs, by name, in the order in which they use each other."""

    def __init__(self, question: Question, dialect: Dialect) -> None:
        if names_me(question.node):
            raise ValueError("This condition names whoever asks: say who, with tree.for_member.")
        self._question = question
        self._dialect = dialect
        self._relations: dict[str, str] = {}
        self._spans: dict[str, str] = {}
        self._edges: dict[tuple[Leaf, date, date], str] = {}

    @property
    def relations(self) -> str:
        """WITH …, or nothing."""
        named = ", ".join(f"{name} as ({sql})" for name, sql in self._relations.items())
        return f"with {named}" if named else ""

    def scan(self, first: date, last: date) -> Scan:
        return Scan(self._dialect, self._spans_of, first, last)

    def expression(self, node: Node, scan: Scan) -> str:
        """Whether the node holds for the scan's row; null is false."""
        match node:
            case AllOf():
                return " and ".join(f"({self.expression(part, scan)})" for part in node.parts) or "true"
            case AnyOf():
                return " or ".join(f"({self.expression(part, scan)})" for part in node.parts) or "false"
            case Not():
                return f"not coalesce({self.expression(node.part, scan)}, false)"
            case Held():
                return f"{scan.join_days(self._held(node, scan.first, scan.last))} = 1"
            case Became():
                return f"{scan.join_days(self._became(node, scan.first, scan.last))} = 1"
            case Leaf():
                return self._leaf(node, scan)

    def ranked(self, leaf: Leaf, first: date, last: date) -> str:
        """SELECT account_id, day, operand, grouped: what the leaf ranks, null where there is nothing to rank."""
        scan = self.scan(first, last)
        operand = scan.operand(leaf, self._question.fields[leaf.field])
        grouped = f", {self._group(leaf, scan)} as grouped" if leaf.within else ""
        return scan.sql(f"{ACCOUNT_AND_DAY}, {operand} as operand{grouped}", "true")

    def edge(self, leaf: Leaf, values: str) -> str:
        """Aggregate: the value of the last of the ranked that is in."""
        best = cast(Best, leaf.value)
        if best.count is not None:
            place = f"least({best.count}, count(*))"
        else:
            place = self._dialect.whole_part(f"(count(*) * {best.basis_points} + 9999)", 10_000)
        return self._dialect.edge(values, place, descending=leaf.comparison is Comparison.TOP)

    def pieces(self, field: Field) -> str:
        """SELECT account_id, first_day, said: what facts or the question say about a field, from a day on."""
        match field.source:
            case FactField(name):
                return self._facts(name)
            case Given(name):
                return self._dialect.pieces(self._question.given.get(name, ()))
        raise ValueError(f"Nobody says what {field.key} is.")

    def _leaf(self, leaf: Leaf, scan: Scan) -> str:
        field = self._question.fields[leaf.field]
        operand = scan.operand(leaf, field)
        if leaf.comparison not in RANKS:
            return leaf_sql(leaf, field, operand, f"{ROW}.day", self._dialect)
        group = self._group(leaf, scan) if leaf.within else None
        edge = scan.join_edge(self._edges_of(leaf, scan.first, scan.last), group)
        return f"{operand} {'>=' if leaf.comparison is Comparison.TOP else '<='} {edge}"

    def _group(self, leaf: Leaf, scan: Scan) -> str:
        return scan.group(self._question.fields[leaf.within or ""])

    def _edges_of(self, leaf: Leaf, first: date, last: date) -> str:
        key = (leaf, first, last)
        if key not in self._edges:
            ranked = self.ranked(leaf, first, last)
            by, there = ("day, grouped", " and grouped is not null") if leaf.within else ("day", "")
            self._edges[key] = self._add(
                "e",
                f"select {by}, {self.edge(leaf, 'operand')} as edge from ({ranked}) as ranked"
                f" where operand is not null{there} group by {by}",
            )
        return self._edges[key]

    def _held(self, node: Held, first: date, last: date) -> str:
        before = node.days - 1
        scan = self.scan(first - timedelta(days=before), last)
        holding = scan.sql(ACCOUNT_AND_DAY, self.expression(node.part, scan))
        if first == last:
            every = f"group by account_id having count(*) = {node.days}"
            return self._add("t", f"select account_id, 1 as there from ({holding}) as holding {every}")
        earlier = f"{self._dialect.lag}(day, {before}) over (partition by account_id order by day)"
        return self._add(
            "t",
            f"select account_id, day, 1 as there"
            f" from (select account_id, day, {earlier} as earlier from ({holding}) as holding) as runs"
            f" where earlier = day - {before} and day >= {self._dialect.day(first)}",
        )

    def _became(self, node: Became, first: date, last: date) -> str:
        scan = self.scan(first - timedelta(days=node.days), last)
        holds = f"coalesce({self.expression(node.part, scan)}, false)"
        verdicts = scan.sql(f"{ACCOUNT_AND_DAY}, {holds} as holds", "true")
        since = self._dialect.day(first)
        if first == last:
            now = f"max(case when holds and day = {since} then 1 else 0 end) = 1"
            was_not = f"max(case when not holds and day < {since} then 1 else 0 end) = 1"
            return self._add(
                "t",
                f"select account_id, 1 as there from ({verdicts}) as verdicts"
                f" group by account_id having {now} and {was_not}",
            )
        frame = "partition by account_id order by day rows between unbounded preceding and 1 preceding"
        was_not = f"max(case when not holds then day end) over ({frame})"
        return self._add(
            "t",
            f"select account_id, day, 1 as there"
            f" from (select account_id, day, holds, {was_not} as was_not from ({verdicts}) as verdicts) as turned"
            f" where holds and day >= {since} and was_not >= day - {node.days}",
        )

    def _spans_of(self, field: Field) -> str:
        if field.key not in self._spans:
            dialect = self._dialect
            end = dialect.day(self._question.last + timedelta(days=1))
            frame = (
                "partition by account_id order by first_day rows between unbounded preceding and unbounded following"
            )
            self._spans[field.key] = self._add(
                "s",
                f"select account_id, first_day, {dialect.lead}(first_day, 1, {end}) over ({frame}) as until_day,"
                f" {dialect.read_said(field.type)} as value from ({self.pieces(field)}) as pieces",
            )
        return self._spans[field.key]

    def _facts(self, name: str) -> str:
        question, dialect = self._question, self._dialect
        begin, zone = question.begin, question.zone
        local = dialect.local_day("valid_us", offsets(zone, begin, question.last))
        first_day = f"case when valid_us < {start_us(begin, zone)} then {dialect.day(begin)} else {local} end"
        fact = dialect.fact
        return (
            f"select account_id, {first_day} as first_day, {dialect.latest('text', 'valid_us')} as said from {fact}"
            f" where field = {dialect.bind(name)} and not withdrawal"
            f" and valid_us < {start_us(question.last + timedelta(days=1), zone)}"
            f" and id not in (select corrects from {fact} where corrects > 0) group by account_id, first_day"
        )

    def _add(self, letter: str, sql: str) -> str:
        name = f"{letter}{len(self._relations)}"
        self._relations[name] = sql
        return name
