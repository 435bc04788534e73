"""Opens the store the settings name."""

from tenure.config import Config
from tenure.warehouse.store import Store


def open_store(config: Config) -> Store:
    """DuckDB in the data folder, or ClickHouse when TENURE_WAREHOUSE_URL names one; raises WarehouseDamaged."""
    if config.warehouse_url:
        from tenure.warehouse.clickhouse import ClickHouseStore

        return ClickHouseStore.connect(config.warehouse_url)
    from tenure.warehouse.duckdb import DuckDBStore

    return DuckDBStore.open(config.warehouse_path)
