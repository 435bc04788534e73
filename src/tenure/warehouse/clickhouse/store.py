"""The Store protocol on ClickHouse, put together from its parts."""

from typing import Self

from tenure.warehouse.clickhouse.account_list import AccountList
from tenure.warehouse.clickhouse.address import parse
from tenure.warehouse.clickhouse.append import Appending
from tenure.warehouse.clickhouse.backup import BackingUp
from tenure.warehouse.clickhouse.connection import Connection, Limits
from tenure.warehouse.clickhouse.dimensions import Dimensions
from tenure.warehouse.clickhouse.event_list import EventList
from tenure.warehouse.clickhouse.facts import Facts
from tenure.warehouse.clickhouse.matching import Matching
from tenure.warehouse.clickhouse.measure import Measuring
from tenure.warehouse.clickhouse.personal import Personal
from tenure.warehouse.clickhouse.reading import Reading
from tenure.warehouse.clickhouse.tables import statements
from tenure.warehouse.clickhouse.upkeep import Upkeep


class ClickHouseStore(
    Appending, Dimensions, Measuring, AccountList, Matching, BackingUp, Upkeep, EventList, Facts, Personal, Reading
):
    """See tenure.warehouse.store.Store. One process writes; any may read."""

    @classmethod
    def connect(cls, url: str, limits: Limits | None = None) -> Self:
        """Opens the database an address names (see address.parse), making it and its tables where missing.

        Raises WarehouseError when the address cannot be used or nobody answers there.
        """
        address = parse(url)
        connection = Connection(address, limits or Limits())
        for statement in statements(address.replicated):
            connection.write(statement)
        return cls(connection)
