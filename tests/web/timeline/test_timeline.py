"""Cedar Health (3) declines, Juniper Labs (10) was rescued; see tests.web.customers.company."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account
from tenure.web.timeline.view import PAGE
from tenure.work.content import Content
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType
from tests.web.customers.company import TODAY

NOW = datetime.combine(TODAY, time(12), UTC)


@pytest.fixture
def log(alice, customers):
    def one(notes, days_ago=1):
        content = Content(FollowUpType.objects.get(key="call"), NOW - timedelta(days=days_ago), notes)
        return log_follow_up(Account.objects.get(pk=3), content, actor=alice)

    return one


def entries(response):
    return [entry for month in response.context["months"] for entry in month.entries]


def test_it_merges_everything_latest_first(alices, log):
    log("They miss their champion.", 2)
    record_facts([Said(3, int((NOW - timedelta(days=3)).timestamp() * 1e6), {"plan": "team"})], "crm", NOW)
    record_facts([Said(3, int((NOW - timedelta(days=1)).timestamp() * 1e6), {"plan": "starter"})], "crm", NOW)

    shown = entries(alices.get("/customers/3/timeline/"))
    assert {entry.kind.value for entry in shown} >= {"follow-up", "field", "health", "user"}
    assert [entry.key for entry in shown] == sorted((entry.key for entry in shown), reverse=True)
    assert [line for entry in shown for line in entry.lines if "→ starter" in line] == ["Plan: team → starter"]


def test_it_pages_through_all_of_it_without_repeating_any(alices, log):
    for days_ago in range(60):
        log(f"Note {days_ago}", days_ago)
    seen, key = [], ""
    while True:
        response = alices.get("/customers/3/timeline/", {"key": key} if key else {})
        seen += entries(response)
        key = response.context["next_key"]
        if not key:
            break
    keys = [entry.key for entry in seen]
    assert len(keys) == len(set(keys)) > 3 * PAGE
    assert keys == sorted(keys, reverse=True)
    assert sum(entry.kind.value == "follow-up" for entry in seen) == 60
    assert {"feature", "user", "health"} <= {entry.kind.value for entry in seen}


def test_it_honours_the_day_the_filters_and_the_search(alices, alice, log):
    log("Quota talk", 1)
    log("Kick-off", 40)
    before = entries(alices.get("/customers/3/timeline/", {"day": (TODAY - timedelta(days=20)).isoformat()}))
    assert all(entry.at < NOW - timedelta(days=19) for entry in before)
    assert [entry.follow_up.notes for entry in before if entry.follow_up] == ["Kick-off"]

    found = entries(alices.get("/customers/3/timeline/", {"find": "quota"}))
    assert [entry.follow_up.notes for entry in found] == ["Quota talk"]
    only = entries(alices.get("/customers/3/timeline/", {"kind": "follow-up", "who": alice.pk}))
    assert [entry.follow_up.notes for entry in only] == ["Quota talk", "Kick-off"]
    assert not entries(alices.get("/customers/3/timeline/", {"kind": "follow-up", "who": alice.pk + 99}))
    month = {"kind": "follow-up", "since": TODAY - timedelta(days=50), "until": TODAY - timedelta(days=30)}
    assert [entry.follow_up.notes for entry in entries(alices.get("/customers/3/timeline/", month))] == ["Kick-off"]


def test_it_leaves_removed_follow_ups_out_and_keeps_filters_in_the_address(alices, log):
    gone = log("Written by mistake")
    alices.post(f"/work/follow-ups/{gone.pk}/removal/")
    shown = alices.get("/customers/3/timeline/?kind=follow-up&find=mistake", headers={"HX-Target": "timeline-part"})
    assert entries(shown) == []
    assert shown["HX-Push-Url"] == "/customers/3/?kind=follow-up&find=mistake#timeline"


def test_it_escapes_what_people_write(alices, log):
    log("<script>alert(1)</script> & <b>")
    html = alices.get("/customers/3/timeline/").content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert not re.search(r"<script>alert", html)


def test_it_refuses_a_place_it_cannot_read(alices, customers):
    assert alices.get("/customers/3/timeline/?key=nonsense").status_code == 404
