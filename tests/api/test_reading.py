"""What is read of customers: events, records of other systems, who entered a segment and what a condition means."""

from datetime import timedelta

import pytest

from tenure.accounts.models import Account
from tenure.lib import clock
from tenure.people.models import KeptAnswer
from tenure.records.models import SurveyAnswer, Ticket
from tenure.segments.models import Membership
from tests.api.asking import Program
from tests.api.test_listing import AT_RISK
from tests.web.customers.company import TODAY


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_it_goes_through_a_customers_events_page_by_page(program, customers):
    path, seen, after = "accounts/1/events", [], ""
    whole = program.get(path, {"limit": 50, "last": TODAY.isoformat()}).json()["items"]
    for _page in range(5):
        page = program.get(path, {"limit": 10, "after": after, "last": TODAY.isoformat()}).json()
        seen += page["items"]
        after = page["next"]
    assert seen == whole and [each["time"] for each in seen] == sorted((each["time"] for each in seen), reverse=True)
    one = whole[0]
    found = program.get(path, {"event": one["event_id"], "user": one["user_id"], "limit": 5}).json()["items"]
    assert {(each["event"], each["user_id"]) for each in found} == {(one["event"], one["user_id"])}
    for cursor in ("x", "20260101T000000.000000-zz", "20260101T000000.000000-00", f"00010101T000000.000000-{'0' * 32}"):
        assert program.get(path, {"after": cursor}).json()["error"]["path"] == "query.after"


def test_it_tells_tickets_and_answers_of_a_customer_and_of_what_was_merged_into_it(program, db):
    acme = Account.objects.create(external_id="acme")
    old = Account.objects.create(external_id="old", merged_into=acme)
    now = clock.now()
    ticket = Ticket.objects.create(
        account=old, key="T-1", subject="No export", source="Desk", recorded_at=now, more={"a": 1}
    )
    SurveyAnswer.objects.create(account=acme, score=9, source="Survey", recorded_at=now)
    (shown,) = program.get(f"accounts/{acme.pk}/tickets").json()["items"]
    assert (shown["id"], shown["account_id"], shown["subject"], shown["more"]) == (
        ticket.pk,
        old.pk,
        "No export",
        {"a": 1},
    )
    (answer,) = program.get(f"accounts/{acme.pk}/survey-answers").json()["items"]
    assert (answer["survey"], answer["score"], answer["at"]) == ("NPS", 9.0, None)
    assert program.get(f"accounts/{acme.pk}/opportunities").json()["items"] == []


def test_a_segment_over_time_is_who_is_in_it_each_day(program, customers):
    saved = program.ask("POST", "segments", {"name": "At risk", "condition": AT_RISK}).json()
    path = f"segments/{saved['id']}"
    sizes = program.get(f"{path}/sizes", {"last": TODAY.isoformat()}).json()
    inside = program.get(f"{path}/accounts", {"day": TODAY.isoformat()}).json()["items"]
    assert sizes[-1] == {"day": TODAY.isoformat(), "accounts": len(inside)} and len(inside) > 0
    asked = {"condition": AT_RISK, "day": TODAY.isoformat()}
    meaning = program.ask("POST", "conditions/meaning", asked, idempotency_key="k-1").json()
    assert not KeptAnswer.objects.exists()  # nothing was done that could be done twice
    assert meaning["accounts"] == len(inside) and meaning["of"] == 12 and "at risk" in meaning["says"].lower()
    assert program.get(f"{path}/sizes", {"first": "2020-01-01"}).status_code == 422
    now = clock.now()
    seen = {"because": {"en": "Health: at risk"}, "version": 1}
    for days, left in ((9, now), (2, None)):
        at = now - timedelta(days=days)
        account = inside[0]["id"]
        Membership.objects.create(segment_id=saved["id"], account_id=account, entered_at=at, entered=seen, left_at=left)
    first, second = program.get(f"{path}/stays").json()["items"]
    assert first["left_at"] is None and second["left_at"] and first["entered_because"] == "Health: at risk"
