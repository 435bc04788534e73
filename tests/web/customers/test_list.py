import re
from datetime import timedelta

import pytest

from tenure.accounts.models import Account
from tenure.people.models import Member, Role
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tests.exports.taking import rows as rows_of
from tests.exports.taking import take
from tests.web.customers.company import STORIES, TODAY


def names(response) -> list[str]:
    return re.findall(r'<a href="/customers/\d+/[^"]*">([^<]+)</a>', response.content.decode())


def test_it_shows_the_lowest_score_first_and_those_without_one_last(alices):
    listed = names(alices.get("/customers/"))

    assert listed[0] == "Dahlia Media"
    assert listed[-1] == "Elm Studio"
    assert sorted(listed) == sorted(story.name for story in STORIES)


@pytest.mark.parametrize("key", ["name", "health", "score", "change", "active_users_28", "breadth", "days_since_last"])
def test_it_sorts_by_each_column_both_ways(alices, key):
    up = names(alices.get(f"/customers/?sort={key}"))
    down = names(alices.get(f"/customers/?sort=-{key}"))

    assert len(up) == len(down) == 12
    assert up != down


def test_it_sorts_by_the_change_of_the_score(alices):
    rows = rows_of(take(alices, "customers", "sort=change"))

    changes = [float(row["Change"]) for row in rows if row["Change"]]
    assert changes == sorted(changes)
    assert rows[0]["Customer"] == "Dahlia Media"


def test_it_sorts_last_seen_by_day(alices):
    rows = rows_of(take(alices, "customers", "sort=-days_since_last"))

    days = [row["Last seen"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert days[0] == TODAY.isoformat()


def test_it_filters_by_state_and_counts_each(alices):
    page = alices.get("/customers/?state=at-risk")

    assert names(page) == ["Dahlia Media"]
    counts = re.findall(r'class="chip[^"]*".*?<b>(\d+)</b>', page.content.decode(), re.S)
    assert sum(map(int, counts)) == 12


def test_it_searches_in_names_and_ids(alices):
    assert names(alices.get("/customers/?q=hazel")) == ["Hazel Bank"]
    assert names(alices.get("/customers/?q=青竹")) == ["青竹科技"]
    assert names(alices.get("/customers/?q=acct-003")) == ["Cedar Health"]


def test_it_exports_what_is_filtered_with_ids_and_numbers(alices, customers):
    rows = rows_of(take(alices, "customers", "state=at-risk,unknown"))

    assert [(row["Customer"], row["Id"]) for row in rows] == [("Dahlia Media", "acct-004"), ("Elm Studio", "acct-005")]
    assert rows[0]["Opened accounts"] == str(customers.opened_users(4, TODAY))


def test_it_lets_a_viewer_see_and_not_export(client, customers):
    viewer = Member.objects.create_user("v@example.com", "correct horse battery", role=Role.VIEWER)
    client.force_login(viewer)

    assert names(client.get("/customers/"))
    assert take(client, "customers").status_code == 404


def test_it_shows_the_day_asked_for(alices):
    day = TODAY - timedelta(days=28)
    today, then = alices.get("/customers/?sort=name"), alices.get(f"/customers/?sort=name&day={day}")

    assert today.content != then.content
    assert f"day={day}" in then.content.decode()  # links to customers keep it


def test_it_says_so_when_a_day_has_no_numbers(alices):
    page = alices.get("/customers/?day=2024-01-01")
    assert "No numbers for this day" in page.content.decode()


def test_it_offers_to_clear_filters_that_find_nothing(alices):
    page = alices.get("/customers/?state=at-risk&q=hazel")
    assert not names(page)
    assert re.search("Clear", page.content.decode())


def test_it_leads_to_imports_and_sources_before_there_is_a_customer(client, alice, bob, tmp_path):
    store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    current.use(store)
    client.force_login(alice)

    page = client.get("/customers/").content.decode()
    client.force_login(bob)
    bobs = client.get("/customers/").content.decode()
    current.use(None)
    store.close()

    assert not Account.objects.exists()
    assert "No customers yet" in page
    assert '"/settings/imports/new/?kind=accounts"' in page
    assert '"btn" href="/settings/sources/"' in page
    assert "put in your charge" in bobs
    assert "/settings/imports/" not in bobs
