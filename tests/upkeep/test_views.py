from datetime import UTC, datetime

import pytest
from django.test import Client

from tenure.events.inbox import current as inboxes
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.jobs.models import Job
from tenure.upkeep.models import Backup, Notice, NoticeKind
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore

BASE = "/settings/system/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def alices(client, alice, tmp_path):
    """alice's browser on a system with an inbox and a warehouse of its own."""
    inbox, store = SqliteInbox(tmp_path / "inbox.sqlite3"), DuckDBStore.open(tmp_path / "warehouse.duckdb")
    current.use(store)
    inboxes.use(inbox)
    client.force_login(alice)
    yield client
    inboxes.use(None)
    current.use(None)
    store.close()
    inbox.close()


@pytest.fixture
def notice(db) -> Notice:
    return Notice.objects.create(kind=NoticeKind.BACKUP_FAILED, detail="OSError: <i>no space</i>")


def text(client: Client) -> str:
    return client.get(BASE).content.decode()


def test_it_says_that_all_is_well(alices):
    page = text(alices)
    assert "All is well" in page
    assert "There is none yet." in page


def test_it_says_when_the_warehouse_is_away(alices):
    current.use(None)
    page = text(alices)
    assert "Something needs you" in page
    assert "The warehouse is not open." in page


def test_it_keeps_a_notice_until_somebody_has_read_it(alices, alice, notice):
    page = text(alices)
    assert "OSError: &lt;i&gt;no space" in page
    assert "All is well" not in page

    alices.post(f"{BASE}notices/{notice.pk}/dismiss/")
    notice.refresh_from_db()
    assert notice.dismissed_by == alice
    assert "no space" not in text(alices)


def test_it_keeps_who_dismissed_it_first(alices, notice, bob):
    Notice.objects.update(dismissed_at=NOW, dismissed_by=bob)
    alices.post(f"{BASE}notices/{notice.pk}/dismiss/")
    notice.refresh_from_db()
    assert (notice.dismissed_by, notice.dismissed_at) == (bob, NOW)


def test_it_asks_for_one_backup_however_often_the_button_is_pressed(alices, alice):
    alices.post(f"{BASE}backup/")
    page = alices.post(f"{BASE}backup/", follow=True).content.decode()
    assert "The backup is being made" in page
    assert Job.objects.get(kind="backup").created_by == alice


def test_it_lists_backups_and_whether_they_are_verified(alices):
    Backup.objects.create(name="2026-11-21", position=1, bytes=2_500_000, created_at=NOW, verified_at=NOW)
    Backup.objects.create(name="2026-11-22", position=2, bytes=1_000, created_at=NOW)
    page = text(alices)
    assert "2.5 MB" in page
    assert "Not whole</span>" in page


def test_it_refuses_a_csm_a_stranger_a_missing_token_and_a_get(alices, alice, bob, notice):
    strict, bobs, nobody = Client(enforce_csrf_checks=True), Client(), Client()
    strict.force_login(alice)
    bobs.force_login(bob)
    for path in ("backup/", f"notices/{notice.pk}/dismiss/"):
        assert strict.post(BASE + path).status_code == 403
        assert strict.get(BASE + path).status_code == 405
        assert bobs.post(BASE + path).status_code == 404
        assert nobody.post(BASE + path).status_code == 302
    assert bobs.get(BASE).status_code == 404
    assert nobody.get(BASE).status_code == 302
    assert alices.post(f"{BASE}notices/999999/dismiss/").status_code == 404
    notice.refresh_from_db()
    assert notice.dismissed_at is None
    assert not Job.objects.exists()
