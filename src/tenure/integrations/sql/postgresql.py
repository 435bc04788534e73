"""PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy

from tenure.integrations.places import allowed_address
from tenure.integrations.sql import cursor
from tenure.integrations.sql.database import (
    BATCH,
    CONNECT_SECONDS,
    Answer,
    Statement,
    problem_of,
)
from tenure.integrations.sql.server import Server, port_of

if TYPE_CHECKING:
    import psycopg

_TLS = (
    ("prefer", gettext_lazy("where the server has it")),
    ("require", gettext_lazy("required")),
    ("verify-full", gettext_lazy("required, with a certificate that is checked")),
    ("disable", gettext_lazy("none")),
)


class PostgreSQL(Server):
    key: ClassVar[str] = "postgresql"
    title = "PostgreSQL"
    hint = gettext_lazy("A query against a PostgreSQL database: a CRM, billing, your own product.")
    port = 5432
    user = "postgres"
    tls = _TLS

    def placeholder(self, value: cursor.Value) -> str:
        return "$1"

    @contextmanager
    def reading(self, parts: Mapping[str, str], statement: Statement) -> Iterator[Answer]:
        import psycopg  # here and below: 9 MB that only such a sync needs

        password = parts.get("password", "")
        try:
            with (
                closing(_connect(parts, password, statement.seconds)) as connection,
                connection.transaction(force_rollback=True),
                psycopg.RawServerCursor(connection, "synced") as answer,
            ):
                answer.execute(statement.sql, None if statement.last is None else [statement.last])
                names = [column.name for column in answer.description or ()]
                yield names, iter(lambda: answer.fetchmany(BATCH), [])
        except psycopg.Error as error:
            raise problem_of(error, password) from None


def _connect(parts: Mapping[str, str], password: str, seconds: int) -> "psycopg.Connection[Any]":
    """A session that may only read. The address is looked up once and checked; the name is what TLS is checked by."""
    import psycopg

    port = port_of(parts)
    connection = psycopg.connect(
        host=parts["host"],
        hostaddr=allowed_address(parts["host"], port),
        port=port,
        dbname=parts["database"],
        user=parts["user"],
        password=password or None,
        sslmode=parts["tls"],
        connect_timeout=CONNECT_SECONDS,
        application_name="Tenure sync",
        options=f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000}",
        passfile="/nonexistent",
        client_encoding="UTF8",
    )
    connection.read_only = True
    return connection
