from datetime import UTC, date, datetime

import pytest

from tenure.lib import clock
from tenure.people.models import Role
from tenure.people.permissions import MATRIX, Permission
from tenure.ui.page import as_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-01", date(2026, 11, 1)),
        ("", date(2026, 11, 21)),
        ("2026-12-01", date(2026, 11, 21)),
        ("x", date(2026, 11, 21)),
    ],
)
def test_it_reads_the_as_of_day(text, day):
    assert as_of(text, latest=date(2026, 11, 21)) == day


def test_it_is_today_in_the_workspaces_zone_before_there_are_numbers(html):
    clock.set_clock(lambda: datetime(2026, 11, 22, 5, tzinfo=UTC))
    assert "<span>2026-11-22</span>" in html()
    assert "day-picker-past" in html("day=2026-11-01")


def test_it_sends_strangers_to_the_login_page_and_back(client, alice, gallery):
    response = client.get(f"{gallery}?q=a")
    assert response.status_code == 302
    assert response["Location"] == "/login/?next=/gallery/%3Fq%3Da"


def test_it_sends_the_whole_page_there_when_a_part_was_asked_for(client, alice, gallery):
    response = client.get(gallery, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/login/"


def test_it_comes_back_to_the_page_one_was_on(client, alice, gallery):
    part = client.get(gallery, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/team/?q=a"})
    assert part["HX-Redirect"] == "/login/?next=/team/%3Fq%3Da"
    assert client.post(gallery, {"next": "/team/"})["Location"] == "/login/?next=/team/"
    assert client.post(gallery, {"next": "//evil.example/"})["Location"] == "/login/?next=/"


def test_it_hides_what_a_role_may_not_see(client, bob, gallery, monkeypatch):
    monkeypatch.setitem(MATRIX, Permission.SEE_ACCOUNTS, frozenset({Role.OWNER}))
    client.force_login(bob)
    assert client.get(gallery).status_code == 404
