"""DuckDB and Parquet files, asked in SQL without reaching anything else."""

import duckdb
import pytest

from tenure.integrations.errors import SourceFailed
from tenure.integrations.setting_up import Draft, add
from tests.integrations.syncing import told

ROWS = "select 'a' || range as account_id, range::int as seats, timestamp '2026-01-01' + interval (range) hour as at"


@pytest.fixture
def files(syncing):
    """The same three customers in a DuckDB file and in two Parquet files."""
    with duckdb.connect(str(syncing.folder / "crm.duckdb")) as database:
        database.execute(f"create table customers as {ROWS} from range(3)")
        database.execute(f"copy (select * from customers limit 2) to '{syncing.folder}/one.parquet' (format parquet)")
        database.execute(f"copy (select * from customers offset 2) to '{syncing.folder}/two.parquet' (format parquet)")
    return syncing


SOURCES = {
    "duckdb": {"file": "crm.duckdb", "query": "from customers"},
    "parquet": {"folder": ".", "files": "*.parquet"},
}


@pytest.mark.parametrize("integration", SOURCES)
def test_it_brings_rows_and_goes_on_from_the_last_moment(files, integration):
    sync = files.mapped(integration, SOURCES[integration], cursor_column="at")
    first = files.run(sync)
    assert (told(first), first.cursor_after) == (("done", 3, 0, 0, 0), "2026-01-01T02:00:00")
    assert told(files.run(sync)) == ("done", 0, 0, 1, 0)


@pytest.mark.parametrize("integration", SOURCES)
@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select 1) as a; drop table customers; select * from (select 1",
    ],
)
def test_it_reads_nothing_else(files, integration, query):
    with pytest.raises(SourceFailed, match=r"Permission Error|Write one SELECT"):
        add(Draft("CRM", integration, "accounts", {**SOURCES[integration], "query": query}), files.actor)
