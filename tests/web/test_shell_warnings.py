"""What an operator must know stands on every page, until it is dealt with."""

import pytest

from tenure.integrations.models import Sync
from tenure.lib import clock
from tenure.upkeep.models import Notice, NoticeKind


@pytest.fixture
def rebuilt(db):
    return Notice.objects.create(kind=NoticeKind.WAREHOUSE_REBUILT, detail="It was damaged.")


def test_it_warns_an_operator_on_every_page(client, alice, rebuilt):
    client.force_login(alice)
    assert b"being rebuilt" in client.get("/preferences/").content


def test_it_says_once_what_happened_again(client, alice, rebuilt):
    Notice.objects.create(kind=NoticeKind.WAREHOUSE_REBUILT, detail="It was damaged again.")
    client.force_login(alice)
    assert client.get("/preferences/").content.count(b"being rebuilt") == 1


def test_it_stops_once_somebody_has_read_it(client, alice, rebuilt):
    client.force_login(alice)
    client.post(f"/settings/system/notices/{rebuilt.pk}/dismiss/")
    assert b"being rebuilt" not in client.get("/preferences/").content


def test_it_leads_to_a_sync_that_failed(client, alice, bob):
    sync = Sync.objects.create(
        name="CRM", integration="folder", kind="accounts", alert="failed", created_at=clock.now()
    )
    client.force_login(alice)
    page = client.get("/preferences/").content.decode()
    assert "The sync “CRM” failed." in page
    assert f"/settings/sync/{sync.pk}/" in page
    client.force_login(bob)
    assert "CRM" not in client.get("/preferences/").content.decode()


def test_it_does_not_trouble_others(client, bob, rebuilt):
    client.force_login(bob)
    assert b"being rebuilt" not in client.get("/preferences/").content
