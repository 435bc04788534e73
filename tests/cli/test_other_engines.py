"""The same life on PostgreSQL and on ClickHouse: the same numbers as on SQLite and DuckDB for the same file."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.cli.running import Installation
from tests.cli.test_life import DAY, events

pytestmark = pytest.mark.slow

KEY = "k" * 20


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("file") / "events.ndjson"
    path.write_text(events(60) + "\n" + events(25, "globex", 3))
    return path


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.cluster() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE life")
        yield url.replace("/postgres?", "/life?")


def numbers(tenure: Installation, file: Path) -> object:
    """Imports the file and asks everything that has numbers."""
    assert tenure.json("import", "events", str(file))["new"] == 85
    assert tenure.run("close-day", DAY).returncode == 0
    stats = tenure.json("stats")
    metric = tenure.json("metric", 'users("Report Viewed", 28)', "--day", DAY)
    return stats, metric["values"], tenure.json("accounts", "--day", DAY)


def test_it_gives_the_same_numbers_and_comes_back_from_a_backup(file, database_url, tmp_path):
    expected = numbers(Installation(tmp_path / "small"), file)
    settings = {
        "TENURE_DATABASE_URL": database_url,
        "TENURE_WAREHOUSE_URL": f"chdb://{tmp_path}/clickhouse",
    }
    tenure = Installation(tmp_path / "large", **settings)
    assert numbers(tenure, file) == expected

    assert tenure.run("source", "add", "App", "--key", KEY).returncode == 0
    with tenure.serve() as server:
        backup = tenure.run("backup")
        assert backup.returncode == 0, backup.stderr
        assert server.post("/v1/events", f"[{events(1, 'late')}]".encode(), KEY) == 200
        with tenure.serve("--role", "ingest") as ingest:  # another process, another folder's worth of nothing
            assert ingest.ask("/-/health")[0] == 200
            assert ingest.post("/v1/events", f"[{events(2, 'later')}]".replace("\n", ",").encode(), KEY) == 200
        assert tenure.json("events", "--account", "later", "--count") == {"count": 2}
        assert tenure.json("stats")["events"] == 88

    folder = backup.stdout.strip()
    full = tenure.run("restore", folder)
    assert (full.returncode, "not empty" in full.stderr) == (1, True)
    settings["TENURE_WAREHOUSE_URL"] += "?database=again"
    again = Installation(tmp_path / "large", **settings)
    done = again.run("restore", folder)
    assert done.returncode == 0, done.stderr
    assert again.json("stats")["events"] == 85
    [aside] = (tmp_path / "large").glob("replaced-*")
    assert (aside / "tenure.pgdump").stat().st_size > 0
