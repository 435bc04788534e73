"""The triggers that draw a new stamp when a definition is written, for SQLite and PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ANY: Final = ("insert", "delete", "update")
#: {table: what draws a new stamp}. What is `remembered` is read from these tables, and changes by these alone.
WATCHED: Final[Mapping[str, Sequence[str]]] = {
    "accounts_account": ("delete", "update of merged_into_id"),
    "accounts_assignmentrole": ANY,
    "accounts_card": ANY,
    "accounts_field": ANY,
    "health_healthdefinition": ANY,
    "health_metric": ANY,
    "people_department": ANY,
    "people_member": ("insert", "delete", "update of department_id, email, is_active, name, role, scope"),
    "segments_firstview": ANY,
    "segments_segment": ("insert", "delete", "update of archived_at, owner_id, sharing"),
    "segments_view": ANY,
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
        yield f"""create or replace trigger {NAME} after {" or ".join(WATCHED[table])} on {table}
            for each statement execute function {NAME}()"""


def _missing(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
        there = dict(cursor.fetchall())
    for table in tables:
        for when in WATCHED[table]:
            name = f"{NAME}_{table}_{when.partition(' ')[0]}"
            statement = f"CREATE TRIGGER {name} after {when} on {table} begin {_SQLITE} end"
            if there.get(name) != statement:
                yield f"drop trigger if exists {name}"
                yield statement
