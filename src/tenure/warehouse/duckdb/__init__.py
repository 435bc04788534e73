"""The warehouse in one DuckDB file: the store a Tenure has by default."""

from tenure.warehouse.duckdb.accounts import Accounts
from tenure.warehouse.duckdb.append import Append
from tenure.warehouse.duckdb.dimensions import Dimensions
from tenure.warehouse.duckdb.events import Events
from tenure.warehouse.duckdb.facts import Facts
from tenure.warehouse.duckdb.matching import Matching
from tenure.warehouse.duckdb.measure import Measure
from tenure.warehouse.duckdb.personal import Personal
from tenure.warehouse.duckdb.rollups import Rollups
from tenure.warehouse.duckdb.upkeep import Upkeep
from tenure.warehouse.duckdb.usage import Usage


class DuckDBStore(Append, Dimensions, Rollups, Measure, Accounts, Matching, Events, Usage, Facts, Personal, Upkeep):
    """warehouse.store.Store on DuckDB. `DuckDBStore.open(path)` opens it; one process at a time."""
