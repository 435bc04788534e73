"""Tickets, survey answers and opportunities from files."""

from datetime import date

import pytest

from tenure.accounts.models import Account
from tenure.health.counted.metrics import counted_on
from tenure.health.metrics import define_metric
from tenure.imports.forgetting import let_go
from tenure.imports.models import Brought
from tenure.jobs.models import Job
from tenure.records.models import Opportunity, SurveyAnswer, Ticket
from tests.imports.desk import counts, problems

TICKETS = """ticket_id,account_id,submitted_at,closed_at,priority,subject,escalated
T1,acme,2026-03-01,2026-03-02 3:00,high,Login fails,FALSE
T2,acme,2026-03-05 10:00,,low,,TRUE
T3,acme,2026-03-05,2026-03-04,low,,TRUE
T4,zoo,2026-03-05,,low,,TRUE
"""


@pytest.fixture(autouse=True)
def acme(db):
    Account.objects.create(external_id="acme", name="Acme")


def test_it_imports_tickets_with_what_has_no_field(desk):
    done = desk.bring("tickets", TICKETS)
    assert counts(done) == (2, 0, 0, 2)
    first, second = Ticket.objects.order_by("at")
    assert (first.key, first.priority, first.more, str(first)) == ("T1", "high", {"escalated": False}, "Login fails")
    assert first.closed_at is not None
    assert (first.closed_at - first.at).total_seconds() == 27 * 3_600
    assert (second.closed_at, str(second)) == (None, "T2")
    assert [problem[:3] for problem in problems(done)] == [(4, "closed_at", "2026-03-04"), (5, "account_id", "zoo")]


def test_it_changes_a_ticket_by_its_id_and_takes_that_back(desk):
    first = desk.bring("tickets", TICKETS)
    assert counts(desk.bring("tickets", TICKETS)) == (0, 0, 2, 2)
    second = desk.bring("tickets", TICKETS.replace("10:00,,low", "10:00,2026-03-07,low"))
    assert counts(second) == (0, 1, 1, 2)
    assert second.checked["preview"][0]["changes"] == [["Closed", "", "2026-03-07 00:00"]]
    desk.undo(first)
    assert list(Ticket.objects.values_list("key", flat=True)) == ["T2"]  # changed again since
    desk.undo(second)
    assert Ticket.objects.get().closed_at is None
    assert counts(desk.bring("tickets", TICKETS)) == (1, 1, 0, 2)


def test_it_takes_back_what_was_new_when_what_it_said_is_kept_no_longer(desk):
    done = desk.bring("tickets", TICKETS)
    let_go([done])
    assert not done.replaced.exclude(after__isnull=True).exists()
    desk.undo(done)
    assert not Ticket.objects.exists()
    assert not Brought.objects.exists()


def test_it_imports_answers_and_refuses_scores_that_cannot_be(desk):
    text = "response_id,account_id,date,score,问卷,评论\nN1,acme,2026-03-01,9,,很好\nN2,acme,2026-03-02,11,,\n"
    done = desk.bring("survey-answers", text + "N3,acme,2026-03-02,87,CSAT,\nN4,acme,2026-03-02,7.5,NPS,\n")
    assert counts(done) == (2, 0, 0, 2)
    assert [problem[:3] for problem in problems(done)] == [(3, "score", "11"), (5, "score", "7.5")]
    found = SurveyAnswer.objects.order_by("at").values_list("survey", "score", "comment")
    assert list(found) == [("NPS", 9, "很好"), ("CSAT", 87, "")]
    desk.undo(done)
    assert not SurveyAnswer.objects.exists()


def test_it_imports_a_pipeline(desk):
    text = "opportunity_id,account,deal_stage,engage_date,close_date,close_value\nO1,acme,Won,10/20/2016,3/31/2017,￥1.2万\n"
    done = desk.bring("opportunities", text + "O2,acme,Prospecting,,,\nO3,,Lost,10/21/2016,3/2/2017,0\n")
    assert counts(done) == (2, 0, 0, 1)
    assert problems(done)[0][1:3] == ("account", "")
    won, hoped = Opportunity.objects.order_by("key")
    assert (won.stage, won.closed_on, won.value) == ("Won", date(2017, 3, 31), 12_000)
    assert (hoped.at, hoped.value) == (None, None)
    change = text.replace("Won", "Lost").replace("3/31/2017", "3/22/2017")
    changed = desk.bring("opportunities", change)
    assert counts(changed) == (0, 1, 0, 0)
    desk.undo(changed)
    won.refresh_from_db()
    assert (won.stage, won.closed_on) == ("Won", date(2017, 3, 31))


def test_it_makes_numbers_of_tickets_and_answers(desk):
    names = ["tickets:1", "tickets:28", "open_tickets:1", "nps:28", "nps:2"]
    spec = {"kind": "trait", "property": "open_tickets:1"}
    define_metric({"key": "open_tickets", "name": "Open tickets", "unit": "count", "spec": spec}, None)
    done = desk.bring("tickets", TICKETS)
    closing = Job.objects.filter(kind="close_dirty_days")
    assert closing.get().payload["spans"][0][0] == "2026-03-01"
    answers = "account_id,date,score\nacme,2026-02-20,9\nacme,2026-03-01,4\nacme,2026-03-09,10\n"
    desk.bring("survey-answers", answers)
    acme, bolt = Account.objects.get(), Account.objects.create(external_id="bolt")
    found = counted_on(date(2026, 3, 5), names)
    assert [found[name].get(acme.pk) for name in names] == [1, 2, 1, 4, None]
    assert [found[name].get(bolt.pk) for name in names] == [0, 0, 0, None, None]
    desk.undo(done)
    assert (closing.count(), counted_on(date(2026, 3, 5), names)["tickets:28"][acme.pk]) == (1, 0)
