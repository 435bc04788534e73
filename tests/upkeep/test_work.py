from datetime import timedelta
from types import SimpleNamespace

import pytest

from tenure.events.models import QuarantinedItem
from tenure.lib import clock
from tenure.upkeep.backup import INBOX, BackupDamaged
from tenure.upkeep.models import Backup, Notice, NoticeKind
from tenure.upkeep.work import KEEP_BACKUPS, back_up, prune_inbox, prune_quarantine, verify
from tests.upkeep.conftest import NOW


def later(**by) -> None:
    moved = clock.now() + timedelta(**by)
    clock.set_clock(lambda: moved)


def bodies(house) -> int:
    return house.inbox.backlog(0)[0]


def test_it_keeps_the_seven_newest_backups(house):
    for number in range(KEEP_BACKUPS + 2):  # folders as backups leave them; the work itself makes the tenth
        at = NOW - timedelta(days=number + 1)
        name = at.strftime("%Y-%m-%dT%H%M%SZ")
        (house.config.backups_path / name).mkdir(parents=True)
        Backup.objects.create(name=name, position=0, bytes=0, created_at=at, verified_at=at)
    made = back_up(None)["backup"]
    kept = sorted(path.name for path in house.config.backups_path.iterdir())
    assert kept == sorted(Backup.objects.values_list("name", flat=True))
    assert len(kept) == KEEP_BACKUPS and kept[-1] == made


def test_it_leaves_a_notice_when_the_backup_fails(house):
    house.config.sqlite_path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(Exception, match="not a database"):
        back_up(None)
    assert "not a database" in Notice.objects.get(kind=NoticeKind.BACKUP_FAILED).detail


def test_it_lets_go_of_bodies_that_are_loaded_and_backed_up_and_old_enough(house):
    back_up(None)
    later(days=house.config.inbox_keep_days, seconds=1)
    assert prune_inbox(None) == {"deleted": 5}
    assert bodies(house) == 0


def test_it_keeps_bodies_no_backup_holds(house):
    later(days=90)
    assert prune_inbox(None) == {"deleted": 0}
    back_up(None)
    house.take(5, 6)
    house.load()
    later(days=90)
    assert prune_inbox(None) == {"deleted": 5}
    assert bodies(house) == 2


def test_it_keeps_bodies_whose_backup_was_not_verified_or_is_gone(house):
    name = back_up(None)["backup"]
    later(days=90)
    Backup.objects.update(verified_at=None)
    assert prune_inbox(None) == {"deleted": 0}
    Backup.objects.update(verified_at=NOW)
    (house.config.backups_path / name).rename(house.config.backups_path / "elsewhere")
    assert prune_inbox(None) == {"deleted": 0}


def test_it_verifies_a_backup_again_and_trusts_it_no_more_once_it_is_not_whole(house):
    name = back_up(None)["backup"]
    later(days=90)
    asked = SimpleNamespace(payload={"backup": name})
    assert verify(asked) == {"backup": name}
    assert Backup.objects.get().verified_at == clock.now()
    (house.config.backups_path / name / INBOX).write_bytes(b"rust")
    for _try in range(2):
        with pytest.raises(BackupDamaged):
            verify(asked)
    assert INBOX in Notice.objects.get(kind=NoticeKind.BACKUP_DAMAGED).detail
    assert Backup.objects.get().verified_at is None
    assert prune_inbox(None) == {"deleted": 0}


def test_it_keeps_young_bodies(house):
    back_up(None)
    later(days=house.config.inbox_keep_days, seconds=-1)
    assert prune_inbox(None) == {"deleted": 0}


def test_it_keeps_bodies_that_are_not_loaded(house):
    """Even when a record of a backup says more: the warehouse was begun again and has not come so far yet."""
    back_up(None)
    Backup.objects.update(position=99)
    house.take(5, 6)
    later(days=90)
    assert prune_inbox(None) == {"deleted": 5}
    assert bodies(house) == 2


def test_it_lets_go_of_refused_items_that_are_old_enough(house):
    keep = timedelta(days=house.config.quarantine_days)
    ages = [keep + timedelta(seconds=1)] * 1_001 + [keep, timedelta()]
    QuarantinedItem.objects.bulk_create(
        QuarantinedItem(body=1, place=n, received_at=NOW - age) for n, age in enumerate(ages)
    )
    assert prune_quarantine(None) == {"deleted": 1_001}
    assert QuarantinedItem.objects.count() == 2
    assert prune_quarantine(None) == {"deleted": 0}
