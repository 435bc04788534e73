"""TENURE_WAREHOUSE_URL for ClickHouse."""

import pytest

from tenure.warehouse.clickhouse.address import parse
from tenure.warehouse.store import WarehouseError


def test_it_reads_every_part_of_a_server_address():
    address = parse("clickhouse://cs%40team:p%3Aw@db.example:9123/tenure_eu")
    assert address.database == "tenure_eu"
    assert address.client_options["host"] == "db.example"
    assert address.client_options["port"] == 9123
    assert address.client_options["username"] == "cs@team"
    assert address.client_options["password"] == "p:w"
    assert address.client_options["secure"] is False
    assert "p:w" not in str(address)


def test_it_uses_tls_and_its_port_for_clickhouses():
    address = parse("clickhouses://u:p@db.example/x?ca_cert=/etc/ca.pem&replicated=1")
    assert address.client_options["secure"] is True
    assert address.client_options["port"] == 8443
    assert address.client_options["ca_cert"] == "/etc/ca.pem"
    assert address.replicated


def test_it_takes_defaults_for_what_is_left_out():
    address = parse("clickhouse://localhost")
    assert (address.database, address.client_options["port"]) == ("tenure", 8123)
    assert (address.client_options["username"], address.client_options["password"]) == ("default", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:p@db/x", "must begin with"),
        ("clickhouse://db:many/x", "port"),
        ("clickhouse://db/x?shards=3", "shards"),
    ],
)
def test_it_says_what_is_wrong_with_an_address(url, said):
    with pytest.raises(WarehouseError, match=said):
        parse(url)


def test_it_quotes_the_database_name():
    assert parse("clickhouse://db/a`b").quoted_database == "`a\\`b`"
