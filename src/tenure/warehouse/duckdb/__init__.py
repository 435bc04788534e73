"""The warehouse in one DuckDB file: the store a Tenure has by default."""

from tenure.warehouse.duckdb.append import Append
from tenure.warehouse.duckdb.dimensions import Dimensions
from tenure.warehouse.duckdb.events import Events
from tenure.warehouse.duckdb.rollups import Rollups


class DuckDBStore(Append, Dimensions, Rollups, Events):
    """warehouse.store.Store on DuckDB. `DuckDBStore.open(path)` opens it; one process at a time."""
