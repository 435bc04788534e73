"""The life of an installation from the command line, as its operator lives it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.running import Installation

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = (NOW - timedelta(days=1)).date().isoformat()


def events(count: int, account: str = "acme", users: int = 4) -> str:
    at = NOW - timedelta(days=1)
    lines = [
        {"id": f"{account}-{n}", "event": "Report Viewed", "user": f"{account}-u{n % users}", "account": account,
         "time": (at - timedelta(minutes=n)).isoformat(), "properties": {"rows": n}}
        for n in range(count)
    ]  # fmt: skip
    return "\n".join(json.dumps(line) for line in lines)


@pytest.fixture
def tenure(tmp_path) -> Installation:
    return Installation(tmp_path / "data")


def test_it_imports_counts_backs_up_and_comes_back(tenure, tmp_path):
    file = tmp_path / "events.ndjson"
    file.write_text(events(60))
    done = tenure.json("import", "events", str(file))
    assert (done["rows"], done["new"], done["refused"]) == (60, 60, 0)
    again = tenure.json("import", "events", str(file))
    assert (again["new"], again["same"]) == (0, 60)
    stats = tenure.json("stats")
    assert (stats["events"], stats["track_events"], stats["users"], stats["accounts"]) == (60, 60, 4, 1)
    assert stats["inbox_lag"] == 0

    assert tenure.json("events", "--event", "Report Viewed", "--account", "acme", "--count") == {"count": 60}
    latest = tenure.json("events", "--limit", "1")
    assert (latest[0]["account"], json.loads(latest[0]["properties"])) == ("acme", {"rows": 0})
    users = tenure.json("metric", 'users("Report Viewed", 28)', "--day", DAY, "--account", "acme")
    assert users["value"] == 4

    tenure.run("close-day", DAY)
    [account] = tenure.json("accounts", "--day", DAY)
    assert account["health"]["state"] == "not_enough_data"
    assert account["metrics"]["active_users_28"] == 4

    assert tenure.run("backup").returncode == 0
    assert tenure.json("verify-backup")["events"] == 60
    tenure.run("import", "events", str(_file(tmp_path, events(20, "globex"))))
    assert tenure.json("stats")["events"] == 80

    # A damaged warehouse: begun again from the backup, and what came later from the inbox.
    warehouse = tenure.data / "warehouse.duckdb"
    warehouse.write_bytes(b"\xff" * 8192 + warehouse.read_bytes()[8192:])
    assert tenure.json("stats")["events"] == 80
    assert list(tenure.data.glob("damaged-*/warehouse.duckdb"))

    # A lost one as well.
    warehouse.unlink()
    assert tenure.json("stats")["events"] == 80

    # And the backup itself, put back: what came after it is in the folder that was moved aside.
    restored = tenure.run("restore")
    assert restored.returncode == 0, restored.stderr
    assert tenure.json("stats")["events"] == 60
    assert list(tenure.data.glob("replaced-*/inbox.sqlite3"))


def test_it_works_through_the_running_server(tenure, tmp_path):
    assert tenure.run("source", "add", "App", "--key", "k" * 20).returncode == 0
    assert (
        tenure.run("owner", "create", "alice@example.com", "--password-stdin", text="correct horse 9\n").returncode == 0
    )
    with tenure.serve() as server:
        assert server.post("/v1/events", events(30).replace("\n", ",").join("[]").encode(), "k" * 20) == 200
        assert server.post("/v1/events", b"[]", "wrong") == 401
        file = _file(tmp_path, events(10, "globex"))
        assert tenure.json("import", "events", str(file))["new"] == 10
        assert tenure.json("stats")["events"] == 40
        assert tenure.run("backup").returncode == 0
        refused = tenure.run("restore")
        assert (refused.returncode, "owns" in refused.stderr) == (1, True)
        found = tenure.json("doctor")
        assert {check["check"]: check["ok"] for check in found["checks"]} == dict.fromkeys(
            (check["check"] for check in found["checks"]), True
        )
        unknown = tenure.run("metric", "nonsense", "--day", DAY)
        assert (unknown.returncode, "nonsense" in unknown.stderr) == (1, True)
    assert tenure.json("stats")["events"] == 40


def test_it_says_what_is_wrong_with_what_it_was_told(tenure, tmp_path):
    assert "no file" in tenure.run("import", "events", "/nowhere.csv").stderr
    assert "There is no account 'x'" in tenure.run("events", "--account", "x").stderr
    assert "There is no backup" in tenure.run("restore").stderr
    weak = tenure.run("owner", "create", "alice@example.com", "--password-stdin", text="12345\n")
    assert (weak.returncode, "too short" in weak.stderr) == (1, True)
    bad = Installation(tmp_path / "other", TENURE_PORT="eighty").run("stats")
    assert (bad.returncode, "TENURE_PORT" in bad.stderr) == (1, True)


def _file(folder, text):
    path = folder / "more.ndjson"
    path.write_text(text)
    return path
