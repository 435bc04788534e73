"""Every integration there is: one line each."""

from typing import Final

from tenure.integrations.folder.folder import Folder
from tenure.integrations.integration import Integration
from tenure.integrations.sql.clickhouse import ClickHouse
from tenure.integrations.sql.duckdb import DuckDB
from tenure.integrations.sql.parquet import Parquet
from tenure.integrations.sql.postgresql import PostgreSQL
from tenure.integrations.sql.sqlite import SQLite

INTEGRATIONS: Final[dict[str, Integration]] = {
    each.key: each for each in (Folder(), PostgreSQL(), ClickHouse(), SQLite(), DuckDB(), Parquet())
}
