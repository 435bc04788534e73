"""Back up, erase, restore the backup, rebuild: read from the files themselves, nothing of her comes back."""

import json
import shutil

import pytest

from tests.cli.running import Installation
from tests.privacy.conftest import TRAITS

pytestmark = pytest.mark.slow
ROWS = [
    {
        "event": "open",
        "user": "ada-login",
        "account": "alder",
        "time": "2026-03-05T10:00:00Z",
        "to": "ada@alder.example",
    },
    {"event": "open", "user": "bob-login", "account": "alder", "time": "2026-03-05T10:00:00Z"},
]
NEEDLES = (b"ada-login", b"ada@alder.example", b"Ada Lovelace")


def written(path, rows):
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return str(path)


def left(data):
    """Files of the installation in use that hold a trace of her, in whatever part of them."""
    files = [path for path in data.iterdir() if path.is_file()]
    return {path.name for path in files if any(needle in path.read_bytes() for needle in NEEDLES)}


def test_it_is_not_undone_by_a_restore_nor_by_a_rebuild(tmp_path):
    house = Installation(tmp_path / "data")
    house.run("source", "add", "App")
    house.json(
        "import",
        "events",
        written(tmp_path / "events.jsonl", ROWS),
        "--map",
        "event=event",
        "user=user",
        "account=account",
        "time=time",
    )
    user = [{"user": "ada-login", "account": "alder", **TRAITS}]
    house.json("import", "users", written(tmp_path / "users.jsonl", user), "--map", "user=user", "account=account")
    assert "Ada Lovelace" in json.dumps(house.json("personal-data", "user", "ada-login"))
    assert house.run("backup").returncode == 0
    assert house.run("erase", "user", "ada-login").returncode == 1  # it wants --yes
    assert "Erased" in house.run("erase", "user", "ada-login", "--yes").stdout
    assert house.run("restore").returncode == 0
    house.run("doctor")  # the warehouse is opened, and what waits is done
    people = house.json("users", "--account", "alder")
    assert sorted(bool(each["ids"][0].startswith("erased:")) for each in people) == [False, True]
    assert "Ada" not in json.dumps(people)
    for old in house.data.glob("replaced-*"):
        shutil.rmtree(old)
    (house.data / "warehouse.duckdb").unlink()
    with house.serve():
        pass
    assert sum(each["events"] for each in house.json("users", "--account", "alder")) == 2
    assert left(house.data) <= {"warehouse.duckdb"}  # blocks that are free and not used again yet
    erased = next(each["ids"][0] for each in people if each["ids"][0].startswith("erased:"))
    held = house.json("personal-data", "user", erased)
    assert [each["properties"] for each in held["events"]] == [{}, {}]
    assert not any(needle.decode() in json.dumps(held) for needle in NEEDLES)
