"""Tickets, survey answers and opportunities on a customer's page and timeline."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tenure.records.keeping import Said, keep_records
from tenure.records.models import Opportunity, SurveyAnswer, Ticket
from tests.web.customers.company import TODAY

NOW = datetime.combine(TODAY, time(12), UTC)
AGO = [NOW - timedelta(days=days) for days in range(10)]


@pytest.fixture
def recorded(customers):
    keep_records(
        Ticket,
        [
            Said(3, "T1", {"at": AGO[5], "closed_at": AGO[2], "subject": "Login fails", "priority": "high"}, {}),
            Said(3, "T2", {"at": AGO[1]}, {"escalated": True}),
            Said(10, "T3", {"at": AGO[1], "subject": "Somebody else's"}, {}),
        ],
        None,
        "desk.csv",
    )
    keep_records(SurveyAnswer, [Said(3, "", {"at": AGO[4], "score": 3, "comment": "Too slow"}, {})], None, "nps.csv")
    sale = {"at": AGO[3], "stage": "Won", "product": "Seats", "value": 1200, "closed_on": AGO[1].date()}
    keep_records(Opportunity, [Said(3, "", sale, {}), Said(3, "O2", {"stage": "Prospecting"}, {})], None, "crm.csv")


def told(response):
    entries = (entry for month in response.context["months"] for entry in month.entries)
    return [(entry.title, *entry.lines) for entry in entries]


def test_it_lists_them_on_the_page_as_of_the_day(alices, recorded):
    part = alices.get("/customers/3/records/").content.decode()
    assert "2, 1 open" in part
    assert [word in part for word in ("Login fails", "Too slow", "Seats", "O2", "Somebody")] == [True] * 4 + [False]
    earlier = alices.get("/customers/3/records/", {"day": AGO[4].date().isoformat()}).content.decode()
    assert "1, 1 open" in earlier
    assert "Seats" not in earlier
    assert "No tickets" in alices.get("/customers/4/records/").content.decode()


def test_it_tells_them_where_they_began(alices, recorded):
    asked = {"kind": ["ticket", "answer", "opportunity"]}
    assert told(alices.get("/customers/3/timeline/", asked)) == [
        ("Ticket: T2", "open"),
        ("Opportunity: Seats", f"Won · 1,200 · closed {AGO[1].date()}"),
        ("NPS: 3", "Too slow"),
        ("Ticket: Login fails", "high · closed after 3 d"),
    ]
    day = {"day": AGO[3].date().isoformat()}
    assert told(alices.get("/customers/3/timeline/", asked | day))[-1] == ("Ticket: Login fails", "high · open")
    assert told(alices.get("/customers/3/timeline/", asked | {"find": "slow"})) == [("NPS: 3", "Too slow")]
