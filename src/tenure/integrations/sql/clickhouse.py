"""ClickHouse, over HTTP. Its client is imported when it is used: a server without such a sync never pays for it."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy

from tenure.integrations.errors import SourceFailed
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

_TLS = (("no", gettext_lazy("none")), ("yes", gettext_lazy("required, with a certificate that is checked")))
_READ_ONLY: Final = {"readonly": 1, "max_block_size": BATCH}


class ClickHouse(Server):
    key: ClassVar[str] = "clickhouse"
    title = "ClickHouse"
    hint = gettext_lazy("A query against a ClickHouse database: counts of every customer and day.")
    port = 8123
    user = "default"
    tls = _TLS

    def placeholder(self, value: cursor.Value) -> str:
        return f"{{last:{_type_of(value)}}}"

    def client(self, parts: Mapping[str, str], seconds: int) -> Any:
        """A session that may only read. The address is looked up once and checked."""
        from clickhouse_connect import get_client

        port = port_of(parts)
        return get_client(
            host=allowed_address(parts["host"], port),
            port=port,
            username=parts["user"],
            password=parts.get("password", ""),
            database=parts["database"],
            secure=parts["tls"] == "yes",
            server_host_name=parts["host"],
            connect_timeout=CONNECT_SECONDS,
            send_receive_timeout=seconds,
            query_limit=0,
            query_retries=0,
            autogenerate_session_id=False,
            tz_mode="aware",
        )

    @contextmanager
    def reading(self, parts: Mapping[str, str], statement: Statement) -> Iterator[Answer]:
        password = parts.get("password", "")
        try:
            with closing(self.client(parts, statement.seconds)) as client:
                bound = {} if statement.last is None else {"last": _text_of(statement.last)}
                limits = _limits(client, statement.seconds)
                with client.query_row_block_stream(statement.sql, parameters=bound, settings=limits) as stream:
                    yield list(stream.source.column_names), (list(block) for block in stream)
        except SourceFailed:
            raise
        except Exception as error:  # the client passes on those of its own, of urllib3 and of the engine
            if type(error).__module__.startswith(("clickhouse_connect", "urllib3", "chdb")):
                raise problem_of(error, password) from None
            raise


def _limits(client: Any, seconds: int) -> dict[str, int]:
    """For a user that may write: not now, and only so long. One that may only read may not change settings either."""
    held = client.server_settings.get("readonly")
    return {} if held is not None and held.value != "0" else {**_READ_ONLY, "max_execution_time": seconds}


def _type_of(value: cursor.Value) -> str:
    if isinstance(value, datetime):
        return "DateTime64(6, 'UTC')"
    if isinstance(value, date):
        return "Date32"
    if isinstance(value, Decimal):
        return "Decimal(38, 10)"
    if isinstance(value, str):
        return "String"
    return "Float64" if isinstance(value, float) else "Int64" if value < 2**63 else "UInt64"


def _text_of(value: cursor.Value) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return str(value)
