"""The page of open promises, and what one does there."""

from datetime import date, timedelta

import pytest

from tenure.people.models import Department, Role
from tenure.work.content import Step
from tenure.work.models import NextStep
from tests.web.work.conftest import NOW

PAGE = "/work/promises/"
TODAY = NOW.date()


@pytest.fixture
def promise(log, alice):
    """promise("Send it", 3) is due in three days, to be kept by alice."""

    def one(what, days, owner=None):
        steps = (Step(what, TODAY + timedelta(days=days), (owner or alice).pk),)
        return log(next_steps=steps).next_steps.get()

    return one


def groups(client, **query):
    found = client.get(PAGE, query).context["groups"]
    return {group.key: [step.what for step in group.steps] for group in found}


def test_it_groups_by_when_they_are_due(alices, promise):
    for what, days in (("late", -1), ("now", 0), ("soon", 7), ("far", 8)):
        promise(what, days)
    assert groups(alices) == {"overdue": ["late"], "today": ["now"], "week": ["soon"], "later": ["far"]}
    assert groups(alices, day="2026-06-29") == {"today": ["late"], "week": ["now"], "later": ["soon", "far"]}


def test_it_tells_mine_from_the_teams_and_all(client, alices, promise, alice, bob):
    promise("hers", 1)
    promise("his", 2, bob)
    assert groups(alices) == {"week": ["hers"]}
    assert groups(alices, whose="all") == groups(alices, whose="team") == {"week": ["hers", "his"]}
    alice.role, alice.department = Role.LEADER, Department.objects.create(name="East")
    alice.scope = "all"
    alice.save()
    assert [tab[2] for tab in alices.get(PAGE).context["tabs"]] == [1, 2, 2]
    assert alices.get(PAGE, {"whose": "nobodys"}).status_code == 404
    client.force_login(bob)  # the account is not his: neither are its promises
    assert groups(client) == {}


def test_it_goes_on_where_the_page_before_ended(alices, promise, log):
    first = promise("step 00", 0)
    NextStep.objects.bulk_create(
        NextStep(
            account_id=first.account_id,
            follow_up=first.follow_up,
            what=f"step {n:02}",
            due=TODAY + timedelta(days=n),
            owner=first.owner,
            created_at=NOW,
        )
        for n in range(1, 60)
    )
    shown = alices.get(PAGE).context
    assert shown["next_offset"] == 50
    rest = alices.get(PAGE, {"offset": 50}, headers={"HX-Target": "promises-more"})
    assert rest.context["next_offset"] is None and "<html" not in rest.content.decode()
    seen = [step.what for page in (shown, rest.context) for group in page["groups"] for step in group.steps]
    assert seen == [f"step {n:02}" for n in range(60)]
    assert groups(alices, offset="²") == groups(alices)


def test_it_is_kept_reopened_and_moved_from_there(alices, promise):
    step = promise("Send it", 0)
    alices.post(f"{PAGE}{step.pk}/completion/")
    assert groups(alices) == {} and groups(alices, kept=1) == {"kept": ["Send it"]}
    again = alices.post(f"{PAGE}{step.pk}/completion/", headers={"HX-Request": "true"})
    assert "This was done already." in again.content.decode() and "HX-Trigger" not in again
    alices.post(f"{PAGE}{step.pk}/reopening/")
    moved = alices.post(f"{PAGE}{step.pk}/due/", {"due": "2026-07-20"}, headers={"HX-Request": "true"})
    assert "work-changed" in moved["HX-Trigger"]
    step.refresh_from_db()
    assert step.due == date(2026, 7, 20)
    wrong = alices.post(f"{PAGE}{step.pk}/due/", {"due": "soon"}, headers={"HX-Request": "true"})
    assert "That is no day" in wrong.content.decode()


def test_a_viewer_sees_them_without_buttons(alices, promise, alice):
    promise("Send it", 0)
    alice.role = Role.VIEWER
    alice.save()
    page = alices.get(PAGE).content.decode()
    assert "Send it" in page and "/completion/" not in page
