"""Conditions in ClickHouse's words."""

from collections.abc import Collection, Sequence
from datetime import date

from tenure.core.conditions.fields import NUMBERS, FieldType
from tenure.warehouse.clickhouse.account_day import column_sql
from tenure.warehouse.clickhouse.parameters import Parameters
from tenure.warehouse.conditions.dialect import Dialect
from tenure.warehouse.conditions.question import Pieces

SETTLED = "replaceAll(replaceAll(lowerUTF8({}), 'i\u0307', 'i'), 'ς', 'σ')"
TEXT = """nullIf(multiIf(left(said, 1) = '"', JSONExtractString(said), left(said, 1) IN ('[', '{'), '',
 said = 'null', '', said), '')"""
ELEMENTS = "if(left(said, 1) = '[', JSONExtractArrayRaw(said), [said])"
DAY = "left(JSONExtractString(said), 10)"
READ = {
    # Impossible days come out as others: what reads differently when written again was none.
    FieldType.DATE: f"""if(left(said, 1) = '"'
 AND match(JSONExtractString(said), '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}($|[T ])')
 AND {DAY} BETWEEN '1900-01-01' AND '2299-12-31'
 AND toString(toDate32OrNull({DAY})) = {DAY}, toDate32OrNull({DAY}), NULL)""",
    FieldType.CHOICE: SETTLED.format(TEXT),
    FieldType.TEXT: SETTLED.format(TEXT),
    FieldType.YES_NO: "multiIf(said = 'true', true, said = 'false', false, NULL)",
    FieldType.CHOICES: f"arrayMap(x -> JSONExtractString(x), arrayFilter(x -> left(x, 1) = '\"', {ELEMENTS}))",
    FieldType.MEMBER: f"arrayMap(x -> toUInt32(x), arrayFilter(x -> match(x, '^[0-9]{{1,9}}$'), {ELEMENTS}))",
}
NUMBER = "if(isFinite(toFloat64OrNull(said)), toFloat64OrNull(said), NULL)"


class ClickHouseWords(Dialect):
    """`parameters` go with the statement; `columns` are those that account_day has."""

    lead = "leadInFrame"
    lag = "lagInFrame"
    gather = "groupArray"
    account_day = "account_day FINAL"
    account = "SELECT account_id, first_day FROM account FINAL"
    fact = "fact FINAL"

    def __init__(self, columns: Collection[str]) -> None:
        self.parameters = Parameters()
        self._columns = columns

    def bind(self, value: float | str) -> str:
        return self.parameters.add(value, "String" if isinstance(value, str) else "Float64")

    def day(self, day: date) -> str:
        return f"toDate32('{day}')"

    def day_of_number(self, number: str) -> str:
        return f"(toDate32('1970-01-01') + toInt32({number}))"

    def year_before(self, day: str) -> str:
        return f"subtractYears({day}, 1)"

    def stored(self, column: str) -> str:
        known = column_sql(column, self._columns)
        return known if known != "NULL" else "CAST(NULL AS Nullable(Float64))"

    def among(self, column: str, ids: Collection[int]) -> str:
        return f"{column} IN {self.parameters.add(sorted(ids), 'Array(UInt32)')}"

    def pieces(self, pieces: Pieces) -> str:
        accounts, days, said = zip(*pieces, strict=True) if pieces else ((), (), ())
        columns = [
            self.parameters.add(list(accounts), "Array(UInt32)"),
            self.parameters.add(list(days), "Array(Date32)"),
            self.parameters.add(list(said), "Array(String)"),
        ]
        return (
            "SELECT piece.1 AS account_id, piece.2 AS first_day, piece.3 AS said"
            f" FROM (SELECT arrayJoin(arrayZip({', '.join(columns)})) AS piece)"
        )

    def latest(self, text: str, order: str) -> str:
        return f"argMax({text}, ({order}, {text}))"

    def whole_part(self, number: str, divisor: int) -> str:
        return f"intDiv({number}, {divisor})"

    def median(self, values: str) -> str:
        return f"quantileExactInclusive(0.5)({values})"

    def edge(self, values: str, place: str, *, descending: bool) -> str:
        return f"toNullable({'arrayReverseSort' if descending else 'arraySort'}(groupArray({values}))[{place}])"

    def read_said(self, type: FieldType) -> str:
        return NUMBER if type in NUMBERS else READ[type]

    def join_spans(self, alias: str, spans: str, account: str, day: str) -> str:
        return f"ASOF LEFT JOIN {spans} AS {alias} ON {alias}.account_id = {account} AND {day} >= {alias}.first_day"

    def contains(self, text: str, part: str) -> str:
        return f"(position({text}, {part}) > 0)"

    def starts_with(self, text: str, part: str) -> str:
        return f"startsWith({text}, {part})"

    def has_values(self, values: str) -> str:
        return f"notEmpty({values})"

    def has_any(self, values: str, wanted: Sequence[str]) -> str:
        return f"hasAny({values}, [{', '.join(wanted)}])"

    def has_all(self, values: str, wanted: Sequence[str]) -> str:
        return f"hasAll({values}, [{', '.join(wanted)}])"
