"""Follow-ups from files."""

import pytest

from tenure.accounts.models import Account
from tenure.people.models import Member, Role
from tenure.work.models import FollowUp
from tests.imports.desk import counts, problems

FILE = """followup_id,account_id,csm,time,type,内容
1,acme,liu,2026-03-01 15:49:00,visit,looked around
2,acme,Zoe,2026-03-02 10:00:00,wechat,
3,acme,liu,2026-03-03 10:00:00,seance,
4,nowhere,liu,2026-03-03 10:00:00,电话,
5,acme,liu,2999-01-01 10:00:00,call,
"""


@pytest.fixture(autouse=True)
def acme(db):
    Account.objects.create(external_id="acme", name="Acme")
    Member.objects.create(email="liu@example.com", name="刘", role=Role.CSM)


def test_it_imports_follow_ups_by_members_and_by_others(desk):
    done = desk.bring("follow-ups", FILE)
    assert counts(done) == (2, 0, 0, 3)
    found = [(each.type.key, str(each.created_by), each.notes) for each in FollowUp.objects.order_by("at")]
    assert found == [("visit", "刘", "looked around"), ("message", "None", "")]
    assert [each.participants.get().name for each in FollowUp.objects.order_by("at")] == ["刘", "Zoe"]
    assert [problem[:3] for problem in problems(done)] == [
        (4, "type", "seance"),
        (5, "account_id", "nowhere"),
        (6, "time", "2999-01-01 10:00:00"),
    ]


def test_it_changes_nothing_the_second_time_and_what_changed_by_its_id(desk):
    desk.bring("follow-ups", FILE)
    assert counts(desk.bring("follow-ups", FILE)) == (0, 0, 2, 3)
    assert counts(desk.bring("follow-ups", FILE.replace("looked around", "walked about"))) == (0, 1, 1, 3)
    assert FollowUp.objects.get(notes="walked about").type.key == "visit"
    assert FollowUp.objects.count() == 2


def test_it_knows_rows_without_an_id_by_what_they_say(desk):
    text = "account,date,type\nacme,2026-03-01,call\nacme,2026-03-01,call\n"
    assert counts(desk.bring("follow-ups", text)) == (1, 0, 1, 0)
    assert counts(desk.bring("follow-ups", text)) == (0, 0, 2, 0)


def test_it_takes_back_what_it_brought_and_brings_it_again(desk):
    first = desk.bring("follow-ups", FILE)
    second = desk.bring("follow-ups", FILE.replace("looked around", "walked about"))
    desk.undo(second)
    assert FollowUp.objects.filter(removed_at=None, notes="looked around").exists()
    desk.undo(first)
    assert not FollowUp.objects.filter(removed_at=None).exists()
    assert counts(desk.bring("follow-ups", FILE)) == (2, 0, 0, 3)
