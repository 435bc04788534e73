"""The list of follow-ups: its filters, pages, scope and file."""

from datetime import timedelta

import pytest

from tenure.accounts.models import Account
from tenure.work.keeping import Past, keep_follow_ups
from tenure.work.models import FollowUpType, Sentiment
from tests.exports.taking import content, take
from tests.web.work.conftest import NOW

LIST = "/work/follow-ups/"


@pytest.fixture
def told(alices, alice, acme, bob):
    """Sixty calls of Acme, one a day, and a visit of Bolt by bob."""
    call, visit = (FollowUpType.objects.get(key=key) for key in ("call", "visit"))
    bolt = Account.objects.create(external_id="bolt", name="Bolt")
    calls = [Past(acme.pk, call, NOW - timedelta(days=n), alice, f"Call number {n:02}") for n in range(60)]
    visited = Past(
        bolt.pk, visit, NOW - timedelta(hours=1), bob, "They <i>smiled</i>", "Renewed", sentiment=Sentiment.GOOD
    )
    keep_follow_ups([*calls, visited])

    def rows(**query):
        table = alices.get(LIST, query).context["table"]
        return table.total, [row.cells["notes"] for row in table.rows]

    return rows


def test_it_pages_latest_first(told):
    total, first = told()
    assert total == 61 and first[:2] == ["Call number 00", "They <i>smiled</i>"]
    assert told(page=2)[1][-1] == "Call number 59"
    assert set(first).isdisjoint(told(page=2)[1])
    assert told(page="x") == told(page="0") == (total, first)
    assert told(sort="customer", page=2)[1][-1] == "They <i>smiled</i>"


def test_it_filters_by_each_and_by_all(told, alice, bob, acme):
    visit = FollowUpType.objects.get(key="visit").pk
    for query in (
        {"type": visit},
        {"member": bob.pk},
        {"sentiment": "1"},
        {"q": "SMILED"},
        {"q": "renew"},
        {"q": "bolt"},
        {"type": visit, "member": bob.pk, "sentiment": "1", "from": "2026-06-30", "to": "2026-06-30"},
    ):
        assert told(**query) == (1, ["They <i>smiled</i>"]), query
    assert told(account=acme.pk)[0] == 60
    assert told(**{"from": "2026-06-29", "to": "2026-06-29"}) == (1, ["Call number 01"])
    assert told(member=alice.pk, sentiment="1")[0] == 0
    assert told(type="x", member="²", sentiment="9", **{"from": "soon"})[0] == 61  # no filters


def test_it_honours_the_day_and_leaves_removed_ones_out(told, log):
    gone = log("Written by mistake")
    assert told()[0] == 62
    gone.removed_at = NOW
    gone.save()
    assert told()[0] == 61
    assert told(day="2026-06-20") == (50, [f"Call number {n:02}" for n in range(10, 60)])


def test_its_chips_count_the_types_of_what_the_other_filters_leave(told, alices, bob):
    chips = alices.get(LIST, {"member": bob.pk}).context["table"].chips
    assert [(chip.label, chip.count) for chip in chips] == [("Visit", 1)]


def test_it_shows_ones_own_scope_and_escapes(told, client, alices, bob):
    assert "They &lt;i&gt;smiled" in alices.get(LIST).content.decode()
    client.force_login(bob)
    page = client.get(LIST).content.decode()
    assert "Call number" not in page and "smiled" not in page and "No follow-ups yet" in page


def test_its_file_has_the_words_whole(told, alices, log):
    log("A long talk. " * 30)
    file = content(take(alices, "follow-ups", "q=long+talk")).decode("utf-8-sig")
    assert file.splitlines()[0].startswith("Customer,When,Type")
    assert ("A long talk. " * 30).strip() in file
