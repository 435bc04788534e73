"""The tables of warehouse.schema in DuckDB, and the version by which a newer Tenure knows an older file."""

from typing import Any

from tenure.warehouse.store import WarehouseError

VERSION = 3

# No keys or indexes: a primary key on message_id cost 6-9 times the speed and 2.8 times the disk of the anti-join.
TABLES = """
create table event (
    message_id uuid, account_id uinteger, user_id uinteger, identity_id uinteger, event_id uinteger, time timestamp,
    day date, received_at timestamp, explicit boolean, properties varchar
);
create table event_day (account_id uinteger, event_id uinteger, day date, count uinteger, users uinteger);
create table user_day (account_id uinteger, user_id uinteger, day date, count uinteger, value_count uinteger);
create table account_user (account_id uinteger, user_id uinteger, first_day date, linked boolean);
create table account (account_id uinteger, name_sort varchar, search_text varchar, first_day date);
create table event_dim (event_id uinteger, event_class utinyint, feature integer);
create table excluded_user (user_id uinteger);
create table account_day (
    account_id uinteger, day date, health_score double, health_state utinyint, health_version uinteger
);
create table account_day_known as from account_day;
create table position (value bigint);
create table load (position bigint, added uinteger, duplicates uinteger, loaded_at timestamp);
create table dirty_day (day date);
create table layout (version integer);
"""
FACT = """
create table fact (
    id ubigint, account_id uinteger, field varchar, text varchar, valid_us bigint, recorded_us bigint, corrects ubigint,
    withdrawal boolean
);
"""
MERGED = "create table merged_account (account_id uinteger, into_id uinteger);"
TABLES += FACT + MERGED
UPGRADES = {2: FACT, 3: MERGED}  # what each layout added to the one before


def create_tables(connection: Any) -> None:
    """Makes the tables in a new file, and those that an older one lacks; raises WarehouseError for a newer one's."""
    names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    if not names:
        connection.execute("begin")
        connection.execute(TABLES)
        connection.execute("insert into position values (0)")
        connection.execute("insert into layout values (?)", [VERSION])
        connection.execute("commit")
        return
    version = connection.execute("select max(version) from layout").fetchall()[0][0]
    if version > VERSION:
        raise WarehouseError(
            f"The warehouse was written by a newer Tenure (layout {version}, this one knows {VERSION}). Upgrade Tenure."
        )
    for number in range(version + 1, VERSION + 1):
        connection.execute("begin")
        connection.execute(UPGRADES[number])
        connection.execute("insert into layout values (?)", [number])
        connection.execute("commit")
