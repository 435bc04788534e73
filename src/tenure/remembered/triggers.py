"""The triggers that draw a new stamp when a definition is written, for SQLite and PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: table: the columns that matter when a row is changed; none are all. What is `remembered` is read from these alone.
WATCHED: Final[Mapping[str, Sequence[str]]] = {
    "accounts_assignmentrole": (),
    "accounts_card": (),
    "accounts_field": (),
    "health_metric": (),
    "people_department": (),
    "people_member": ("department_id", "email", "is_active", "name", "role", "scope"),
    "segments_firstview": (),
    "segments_view": (),
}
NAME: Final = "remembered_definitions"
_SQLITE: Final = "update remembered_stamp set value = lower(hex(randomblob(16)));"
_POSTGRESQL: Final = f"""create or replace function {NAME}() returns trigger language plpgsql as $$
    begin update remembered_stamp set value = gen_random_uuid()::text; return null; end $$"""


def install(using: str, **_told: Any) -> None:
    """Makes the triggers of the tables that are there; those that are as they should be are left alone."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "remembered_stamp" not in tables:
        return
    there = [table for table in WATCHED if table in tables]
    with connection.cursor() as cursor:
        for statement in _for_postgresql(there) if connection.vendor == "postgresql" else _missing(connection, there):
            cursor.execute(statement)


def _for_postgresql(tables: Sequence[str]) -> Iterator[str]:
    yield _POSTGRESQL
    for table in tables:
        changed = f"update of {', '.join(WATCHED[table])}" if WATCHED[table] else "update"
        yield f"""create or replace trigger {NAME} after insert or delete or {changed} on {table}
            for each statement execute function {NAME}()"""


def _missing(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
        there = dict(cursor.fetchall())
    for table in tables:
        changed = f"update of {', '.join(WATCHED[table])}" if WATCHED[table] else "update"
        for verb, when in (("insert", "insert"), ("delete", "delete"), ("update", changed)):
            name = f"{NAME}_{table}_{verb}"
            statement = f"CREATE TRIGGER {name} after {when} on {table} begin {_SQLITE} end"
            if there.get(name) != statement:
                yield f"drop trigger if exists {name}"
                yield statement
