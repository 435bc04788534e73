"""People in charge from files."""

from datetime import date

import pytest

from tenure.accounts.assignments.reading import at, moment_of
from tenure.accounts.models import Account, Assignment
from tenure.people.models import Member, Role
from tests.imports.desk import counts, problems

FILE = """account_id,csm,from_date,to_date
acme,liu,2026-01-01,2026-02-14
acme,wang@example.com,2026-02-15,
bolt,liu,2026-01-01,
"""


@pytest.fixture(autouse=True)
def team(db):
    Account.objects.bulk_create([Account(external_id="acme", name="Acme"), Account(external_id="bolt")])
    Member.objects.create(email="liu@example.com", name="刘", role=Role.CSM)
    Member.objects.create(email="wang@example.com", name="王", role=Role.CSM)
    Member.objects.create(email="gone@example.com", name="Gone", role=Role.CSM, is_active=False)
    Member.objects.create(email="looks@example.com", name="Looks", role=Role.VIEWER)


def in_charge(settings, on=None):
    """{account: member} at the end of a day, or now."""
    moment = on and moment_of(date.fromisoformat(on), date(2026, 12, 31), settings.CONFIG.zone)
    return dict(at(moment).values_list("account__external_id", "member__name"))


def test_it_imports_hand_overs_and_knows_them_again(desk, settings):
    assert counts(desk.bring("owners", FILE)) == (3, 0, 0, 0)
    assert in_charge(settings, "2026-02-14") == {"acme": "刘", "bolt": "刘"}
    assert in_charge(settings) == {"acme": "王", "bolt": "刘"}
    assert counts(desk.bring("owners", FILE)) == (0, 0, 3, 0)


def test_it_hands_over_what_is_open_and_gives_it_back(desk, settings):
    first = desk.bring("owners", FILE)
    second = desk.bring("owners", "account,owner,since\nbolt,王,2026-03-01\n")
    assert (in_charge(settings, "2026-02-28")["bolt"], in_charge(settings)["bolt"]) == ("刘", "王")
    assert counts(desk.bring("owners", FILE)) == (0, 0, 3, 0)
    desk.undo(second)
    assert in_charge(settings) == {"acme": "王", "bolt": "刘"}
    desk.undo(first)
    assert not Assignment.objects.exists()
    assert counts(desk.bring("owners", FILE)) == (3, 0, 0, 0)


def test_it_keeps_a_turn_that_somebody_ended_since(desk, settings):
    first = desk.bring("owners", FILE)
    desk.bring("owners", FILE.replace("bolt,liu,2026-01-01,", "bolt,liu,2026-01-01,2026-05-31"))
    desk.undo(first)
    assert in_charge(settings, "2026-05-31") == {"bolt": "刘"}


def test_it_refuses_who_cannot_be_and_turns_that_overlap(desk):
    text = FILE + (
        "acme,wang,2026-01-10,2026-01-12\nacme,nobody,2026-01-01,\nacme,gone,2026-01-02,\nacme,looks,2025-01-01,\n"
        "bolt,liu,2999-01-01,\nbolt,wang,2025-02-01,2025-01-01\nzoo,wang,2025-01-01,2025-02-01\n"
    )
    done = desk.bring("owners", text)
    assert counts(done) == (2, 0, 0, 8)
    assert [problem[:3] for problem in problems(done)] == [
        (2, "from_date", "2026-01-01"),
        (5, "from_date", "2026-01-10"),
        (6, "csm", "nobody"),
        (7, "csm", "gone"),
        (8, "csm", "looks"),
        (9, "from_date", "2999-01-01"),
        (10, "to_date", "2025-01-01"),
        (11, "account_id", "zoo"),
    ]
    assert "王 is in charge from 2026-01-10 to 2026-01-12" in problems(done)[0][3]
