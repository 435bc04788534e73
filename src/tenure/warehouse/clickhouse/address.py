"""Where the ClickHouse database is, read from TENURE_WAREHOUSE_URL."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tenure.warehouse.store import WarehouseError

OPTIONS = {"ca_cert", "replicated", "database"}


@dataclass(frozen=True)
class Address:
    """`client_options` are get_client's; `replicated` makes tables with Replicated engines."""

    shown: str
    database: str
    client_options: dict[str, Any]
    replicated: bool = False

    def __str__(self) -> str:
        return self.shown

    @property
    def quoted_database(self) -> str:
        return "`" + self.database.replace("\\", "\\\\").replace("`", "\\`") + "`"


def parse(url: str) -> Address:
    """clickhouse://user:password@host:port/database, clickhouses:// for TLS, chdb:///path?database=name.

    Options after `?`: ca_cert=FILE checks the server against this certificate authority; replicated=1 makes
    replicated tables. Raises WarehouseError when the address cannot be used.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if unknown := set(options) - OPTIONS:
        raise WarehouseError(f"TENURE_WAREHOUSE_URL has the unknown option {min(unknown)!r}.")
    if parts.scheme == "chdb":
        return Address(f"chdb://{parts.path}", options.get("database", "tenure"), {"dsn": f"chdb://{parts.path}"})
    if parts.scheme not in {"clickhouse", "clickhouses"}:
        raise WarehouseError("TENURE_WAREHOUSE_URL must begin with clickhouse:// or clickhouses://.")
    return _server(parts, options)


def _server(parts: SplitResult, options: dict[str, str]) -> Address:
    secure = parts.scheme == "clickhouses"
    try:
        port = parts.port or (8443 if secure else 8123)
    except ValueError:
        raise WarehouseError("TENURE_WAREHOUSE_URL: the port is not a number.") from None
    host = parts.hostname or "localhost"
    client_options = {
        "host": host,
        "port": port,
        "username": unquote(parts.username or "default"),
        "password": unquote(parts.password or ""),
        "secure": secure,
        "autogenerate_session_id": False,  # a session answers one query at a time; pages ask in parallel
        "form_encode_query_params": True,  # ten thousand ids do not fit into a URL
    }
    if "ca_cert" in options:
        client_options["ca_cert"] = options["ca_cert"]
    database = unquote(parts.path.strip("/")) or options.get("database", "tenure")
    return Address(f"{parts.scheme}://{host}:{port}", database, client_options, options.get("replicated") == "1")
