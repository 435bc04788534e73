"""The timeline of a customer, as programs read it: whole, page by page, filtered, and no more than scopes let read."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tenure.accounts.models import Account
from tenure.people.models import Access, Area
from tenure.work.content import Content
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType
from tests.api.asking import Program
from tests.web.customers.company import TODAY

PATH = "accounts/3/timeline"
NOW = datetime.combine(TODAY, time(12), UTC)


@pytest.fixture
def program(alice, customers) -> Program:
    for days_ago in range(1, 8):
        content = Content(FollowUpType.objects.get(key="call"), NOW - timedelta(days=days_ago), f"Note {days_ago}")
        log_follow_up(Account.objects.get(pk=3), content, actor=alice)
    return Program.of(alice)


def test_it_goes_through_everything_page_by_page(program):
    whole = program.get(PATH, {"limit": 200}).json()
    seen, after = [], ""
    while after is not None:
        page = program.get(PATH, {"limit": 9, "after": after}).json()
        seen, after = seen + page["items"], page["next"]
    assert seen == whole["items"] and whole["next"] is None
    assert [each["at"] for each in seen] == sorted((each["at"] for each in seen), reverse=True)
    assert {each["kind"] for each in seen} >= {"follow-up", "health", "user", "feature"}
    for cursor in (
        "x",
        "20260101T000000.000000-99-1",
        f"20260101T000000.000000-1-{2**64}",
        "00010101T000000.000000-1-1",
    ):
        assert program.get(PATH, {"after": cursor}).json()["error"]["path"] == "query.after"


def test_it_has_the_filters_and_the_search_of_the_page(program, alice):
    def notes(**query):
        return [each["follow_up"]["notes"] for each in program.get(PATH, query).json()["items"] if each["follow_up"]]

    assert notes(search="NOTE 3") == ["Note 3"]
    assert notes(kind="follow-up", member=alice.pk, limit=2) == ["Note 1", "Note 2"]
    assert notes(kind=["ticket", "health"]) == [] and notes(member=alice.pk + 99) == []
    days = [(TODAY - timedelta(days=ago)).isoformat() for ago in (5, 3)]
    assert notes(since=days[0], until=days[1]) == ["Note 3", "Note 4", "Note 5"]
    assert notes(day=days[1], kind="follow-up", limit=1) == ["Note 3"]
    assert program.get(PATH, {"kind": "holiday"}).status_code == 422


def test_it_tells_no_kind_that_the_token_is_not_let_into(program, alice):
    narrow = Program.of(alice, {Area.ACCOUNTS: Access.READ, Area.FOLLOW_UPS: Access.READ}, name="Narrow")
    assert narrow.get(PATH).json()["error"]["code"] == "scope_missing"
    assert narrow.get(PATH, {"kind": ["follow-up", "change", "field"]}).status_code == 200
