"""ClickHouse, the real engine inside this process."""

import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from clickhouse_connect import get_client

from tenure.integrations.errors import SourceFailed
from tenure.integrations.integration import Asked
from tenure.integrations.sql.clickhouse import ClickHouse
from tests.warehouse.clickhouse_engine import new_url


class Embedded(ClickHouse):
    """The real engine in this process instead of behind a host."""

    def __init__(self, url: str) -> None:
        self.url = url

    def client(self, parts: Mapping[str, str], seconds: int) -> Any:
        return get_client(dsn=self.url, tz_mode="aware")


@pytest.mark.slow
def test_it_reads_clickhouse_from_a_moment_on():
    database = Embedded(new_url())
    folder = database.url.partition("?")[0]
    made = database.url.rpartition("=")[2]
    get_client(dsn=folder).command(f"CREATE DATABASE {made}")
    client = database.client({}, 10)
    client.command("CREATE TABLE n (account_id String, at DateTime64(3, 'UTC'), n UInt64) ENGINE = Memory")
    client.command(
        "INSERT INTO n SELECT 'a' || toString(number), toDateTime64(number, 3, 'UTC'), number FROM numbers(5000)"
    )

    def read(marks: Mapping[str, Any], column: str, query: str = "select * from n") -> tuple[int, Mapping[str, Any]]:
        asked = Asked({"query": query}, column, marks)
        table = next(iter(database.tables(asked)))
        text = zlib.decompress(b"".join(table.chunks()), wbits=31)
        return text.count(b"\n"), table.marks("")

    for column, kind in (("at", "moment"), ("n", "whole"), ("account_id", "text")):
        count, marks = read({}, column)
        assert (count, marks[""]["type"]) == (5000, kind)
        assert read(marks, column)[0] == 1
    with pytest.raises(SourceFailed, match=r"readonly mode|READONLY"):
        read({}, "", "select * from file('/etc/passwd', 'LineAsString')")
