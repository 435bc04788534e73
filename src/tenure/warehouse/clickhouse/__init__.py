"""The warehouse on ClickHouse: for companies whose events outgrow one file, and who already run it.

There are no transactions here. Instead every write can be repeated: rows are replaced by a newer version of the
same key, never added twice, and the row of `load` that names the position is written last. A crash between any two
statements leaves work that the next append finishes.
"""

from tenure.warehouse.clickhouse.store import ClickHouseStore

__all__ = ["ClickHouseStore"]
