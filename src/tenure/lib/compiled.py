"""Questions whose SQL is put together once and asked again with other values.

Django takes longer to put a statement together than the database to answer it; a page asks a dozen of them.
"""

import json
from collections.abc import Callable, Collection
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

T = TypeVar("T")


class Given(Expression):
    """Stands for a value that is given when a question is asked: `filter(at__lt=Given("until", DateTimeField()))`.

    Without a field it is a list of texts or whole numbers, for `any_of`.
    """

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.field_given = field

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def prepared(self, value: Any, connection: Any) -> Any:
        if self.field_given is None:
            return listed(value, connection.vendor)
        return self.field_given.get_db_prep_value(value, connection)


def listed(values: Collection[Any], vendor: str) -> Any:
    """Many texts or whole numbers as one parameter of `any_of`."""
    return list(values) if vendor == "postgresql" else json.dumps(list(values))


class Compiled(Generic[T]):
    """`build` makes the question, with Given where values differ. Rows are of its model, also with what it selects
    beside (but nothing that is fetched by a question of its own), or tuples of values_list."""

    def __init__(self, build: Callable[[], "QuerySet[Any, T]"]) -> None:
        self._build = build
        self._statements: dict[str, tuple[str, tuple[Any, ...], Callable[[Any], list[T]]]] = {}

    def ask(self, **values: Any) -> list[T]:
        """The rows. Raises KeyError when a value is missing."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._statements:
            self._statements[connection.vendor] = self._compile()
        statement, parameters, read = self._statements[connection.vendor]
        filled = [
            each.prepared(values[each.name], connection) if isinstance(each, Given) else each for each in parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement, filled)
            return read(cursor.fetchall())

    def _compile(self) -> tuple[str, tuple[Any, ...], Callable[[Any], list[T]]]:
        rows = self._build()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        made = _maker(compiler) if rows._iterable_class is ModelIterable else tuple

        def read(found: Any) -> list[Any]:
            return [made(row) for row in (compiler.apply_converters(found, converters) if converters else found)]

        return statement, tuple(parameters), read


def _maker(compiler: Any) -> Callable[[Any], Model]:
    """Makes a row's model with those it is selected with, as Django's ModelIterable does."""
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[first:end]]
    populators: Any = get_related_populators  # its stub is that of a later Django
    related = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def made(row: Any) -> Model:
        found: Model = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
        for populator in related:
            populator.populate(row, found)
        return found

    return made
