"""What every part of the ClickHouse store stands on: its connection."""

import threading

from tenure.warehouse.clickhouse.connection import Connection
from tenure.warehouse.clickhouse.tables import REPLACING


class Room:
    """Holds the connection; the parts of the store derive from it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.appending = threading.Lock()  # held while a batch is written

    def next_version(self) -> int:
        return self.connection.next_version(tuple(REPLACING))

    def close(self) -> None:
        self.connection.close()
