"""Users and events from files, by way of the inbox."""

import pytest

from tenure.accounts.models import User
from tenure.events.inbox import current
from tests.imports.desk import counts, problems

USERS = "user_id,company_id,name,seats\nada,acme,Ada,3\nbob,acme,Bob,\n,acme,Nobody,\n"
EVENTS = "event,time,user_id,account_id,amount\nopen,2026-03-01 10:00,ada,acme,3\nopen,2026-03-01 10:00,ada,acme,3\nsave,soon,ada,acme,\n"


@pytest.fixture
def loaded(house):
    current.use(house.inbox)
    yield house
    current.use(None)


def test_it_imports_users_and_where_they_belong(desk, loaded):
    done = desk.bring("users", USERS)
    loaded.loader.load_all()
    assert (counts(done), problems(done)[0][:2]) == ((2, 0, 0, 1), (4, "user_id"))
    assert sorted(User.objects.values_list("name", flat=True)) == ["Ada", "Bob"]
    assert counts(desk.bring("users", USERS)) == (0, 0, 2, 1)


def test_it_imports_events_once_however_often(desk, loaded):
    done = desk.bring("events", EVENTS)
    assert (counts(done), problems(done)[0][:2]) == ((2, 0, 0, 1), (4, "time"))
    assert counts(desk.bring("events", EVENTS)) == (0, 0, 2, 1)
    loaded.loader.load_all()
    assert loaded.events() == [("open", "acme", "ada")] * 2


def test_it_refuses_events_that_share_an_id_and_say_different_things(desk, loaded):
    text = "message_id,event,time,user_id\n1,open,2026-03-01,ada\n1,save,2026-03-01,ada\n2,open,2026-03-02,ada\n2,open,2026-03-02,ada\n"
    done = desk.bring("events", text)
    assert (counts(done), [problem[0] for problem in problems(done)]) == ((1, 0, 1, 2), [2, 3])


def test_it_learns_from_users_whom_events_already_named(desk, loaded):
    loaded.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    desk.bring("users", '{"user": "ada", "traits": {"email": "ada@example.com"}, "company_id": "acme"}')
    loaded.loader.load_all()
    assert (User.objects.get().email, loaded.events()[0]) == ("ada@example.com", ("open", "acme", "ada"))
