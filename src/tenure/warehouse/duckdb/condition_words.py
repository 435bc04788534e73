"""Conditions in DuckDB's words."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from tenure.core.conditions.fields import NUMBERS, FieldType
from tenure.warehouse.conditions.dialect import Dialect
from tenure.warehouse.conditions.question import Pieces
from tenure.warehouse.duckdb.among import Tables, among

SETTLED = "replace(replace(lower({}), 'i\u0307', 'i'), 'ς', 'σ')"
TEXT = """nullif(case left(said, 1) when '"' then json_extract_string(said, '$') when '[' then null when '{' then null
 else nullif(said, 'null') end, '')"""
#: A list's elements, or what is no list by itself, as JSON texts.
ELEMENTS = "case left(said, 1) when '[' then json_extract(said, '$[*]')::varchar[] else [said] end"
READ = {
    FieldType.DATE: f"""case when regexp_matches({TEXT}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}($|[T ])')
 and left(said, 1) = '"' and left({TEXT}, 10) between '1900-01-01' and '2299-12-31'
 then try_cast(left({TEXT}, 10) as date) end""",
    FieldType.CHOICE: SETTLED.format(TEXT),
    FieldType.TEXT: SETTLED.format(TEXT),
    FieldType.YES_NO: "case said when 'true' then true when 'false' then false end",
    FieldType.CHOICES: f"""list_transform(list_filter({ELEMENTS}, lambda x: left(x, 1) = '"'),
 lambda x: json_extract_string(x, '$'))""",
    FieldType.MEMBER: f"""list_transform(list_filter({ELEMENTS}, lambda x: regexp_full_match(x, '[0-9]{{1,9}}')),
 lambda x: x::integer)""",
}
NUMBER = "nullif(nullif(try_cast(said as double), 'infinity'::double), '-infinity'::double)"


class DuckDBWords(Dialect):
    """`values`, and `ids` and `given` as tables, go with the statement. `columns`: see AccountDay.columns."""

    lead = "lead"
    lag = "lag"
    gather = "list"
    account_day = "account_day"
    account = "select account_id, first_day from account"
    fact = "fact"

    def __init__(self, columns: Callable[[Sequence[str]], list[str]]) -> None:
        self.values: dict[str, object] = {}
        self.given: dict[str, Pieces] = {}
        self.ids: Tables = {}
        self._columns = columns

    def bind(self, value: float | str) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def day(self, day: date) -> str:
        return f"date '{day}'"

    def day_of_number(self, number: str) -> str:
        return f"(date '1970-01-01' + ({number})::integer)"

    def year_before(self, day: str) -> str:
        return f"cast({day} - interval 1 year as date)"

    def stored(self, column: str) -> str:
        return column if self._columns([column]) == [column] else "null::double"

    def among(self, column: str, ids: Collection[int]) -> str:
        return among(column, ids, "visible", self.ids)

    def pieces(self, pieces: Pieces) -> str:
        table = f"given_{len(self.given)}"
        self.given[table] = pieces
        return f"select account_id, first_day, said from {table}"

    def latest(self, text: str, order: str) -> str:
        return f"max_by({text}, row({order}, {text}))"

    def whole_part(self, number: str, divisor: int) -> str:
        return f"(({number}) // {divisor})"

    def median(self, values: str) -> str:
        return f"quantile_cont({values}, 0.5)"

    def edge(self, values: str, place: str, *, descending: bool) -> str:
        return f"{'list_reverse_sort' if descending else 'list_sort'}(list({values}))[{place}]"

    def read_said(self, type: FieldType) -> str:
        return NUMBER if type in NUMBERS else READ[type]

    def join_spans(self, alias: str, spans: str, account: str, day: str) -> str:
        within = f"{day} >= {alias}.first_day and {day} < {alias}.until_day"
        return f"left join {spans} as {alias} on {alias}.account_id = {account} and {within}"

    def contains(self, text: str, part: str) -> str:
        return f"contains({text}, {part})"

    def starts_with(self, text: str, part: str) -> str:
        return f"starts_with({text}, {part})"

    def has_values(self, values: str) -> str:
        return f"coalesce(len({values}) > 0, false)"

    def has_any(self, values: str, wanted: Sequence[str]) -> str:
        return f"list_has_any({values}, [{', '.join(wanted)}])"

    def has_all(self, values: str, wanted: Sequence[str]) -> str:
        return f"list_has_all({values}, [{', '.join(wanted)}])"
