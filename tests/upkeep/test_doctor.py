from dataclasses import replace
from datetime import timedelta

import pytest

from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.upkeep.backup import make_backup
from tenure.upkeep.doctor import examine
from tests.upkeep.conftest import NOW
from tests.upkeep.test_rebuild import break_events


@pytest.fixture
def backup(house):
    return make_backup(house.config, house.store, house.inbox, NOW)


def findings(house, **settings):
    found = examine(replace(house.config, **settings), house.inbox, house.store)
    return {each.check: each.detail for each in found if not each.ok}


def test_it_finds_nothing_when_all_is_well(house, backup):
    assert findings(house) == {}


def test_it_finds_what_is_wrong_around_the_data(house, backup):
    house.config.data.chmod(0o755)
    Job.objects.create(kind="backup", state=JobState.FAILED, due_at=NOW)
    found = findings(house, min_free_disk=2**62)
    assert set(found) == {"data folder is private", "free disk", "jobs"}
    assert "chmod 700" in found["data folder is private"]


def test_it_finds_a_loader_that_does_not_load(house, backup):
    house.take(5)
    clock.set_clock(lambda: NOW + timedelta(minutes=10))
    assert findings(house) == {"loading": "1 bodies wait, the oldest for 600 s."}


def test_it_finds_that_backups_are_missing_old_or_damaged(house):
    assert "There is none" in findings(house)["backup"]
    backup = make_backup(house.config, house.store, house.inbox, NOW)
    clock.set_clock(lambda: NOW + timedelta(days=4))
    assert "4.0 days old" in findings(house)["backup"]
    (backup / "inbox.sqlite3").write_bytes(b"gone")
    assert "inbox.sqlite3 is missing or not what was backed up" in findings(house)["backup"]


def test_it_finds_a_damaged_database(house, backup):
    house.config.sqlite_path.write_bytes(b"no database at all" * 1000)
    assert "not a database" in findings(house)["database file"]


def test_it_finds_an_inbox_older_than_the_warehouse(house, backup):
    house.close()
    house.config.inbox_path.unlink()
    house.reopen()
    assert "older than the warehouse" in findings(house)["inbox"]


def test_it_finds_a_damaged_warehouse(house, backup):
    house.close()
    break_events(house)
    house.reopen()
    assert "is damaged" in findings(house)["warehouse"]
