"""A file of users taken back: users, where they belong, and what is true of them, as others have it."""

import pytest

from tenure.accounts.models import Account, Contact, FileStatement, Identity, User, UserLink
from tenure.events.inbox import current
from tenure.imports.kinds.users import Users
from tenure.imports.models import Brought
from tenure.imports.running import bring
from tests.imports.desk import counts

FILE = "user_id,company_id,plan,valid_from\nada,bolt,pro,2026-03-02\nbob,acme,,2026-03-02\n"
SAID = {
    "type": "identify",
    "user": "ada",
    "account": "acme",
    "time": "2026-03-01T10:00:00Z",
    "traits": {"plan": "free"},
}
OPENED = {"event": "open", "user": "ada", "time": "2026-03-03T10:00:00Z"}


class Stopped(Exception):
    """Somebody stops it."""


@pytest.fixture
def loaded(house):
    """With what an SDK said of Ada, and an event of hers that names no customer."""
    current.use(house.inbox)
    house.send(SAID, OPENED)
    yield house
    current.use(None)


def people():
    links = UserLink.objects.values_list("user", "account__external_id")
    return {
        user.own_identity.external_id: (user.traits, sorted(account for key, account in links if key == user.pk))
        for user in User.objects.all()
    }


def test_it_takes_back_what_only_the_file_said(desk, loaded):
    before = people(), loaded.events()
    done = desk.bring("users", FILE)
    loaded.loader.load_all()
    assert people() == {"ada": ({"plan": "pro"}, ["acme", "bolt"]), "bob": ({}, ["acme"])}
    assert ("open", "bolt", "ada") in loaded.events()
    assert counts(desk.bring("users", FILE)) == (0, 0, 2, 0)

    undone = desk.undo(done)
    loaded.loader.load_all()
    assert (undone.state, undone.job.result) == ("undone", {"rows": 2})
    assert (people(), loaded.events(), loaded.store.check()) == (*before, [])
    assert not Brought.objects.exists()


def test_it_leaves_what_was_said_since(desk, loaded):
    first, second = desk.bring("users", FILE), desk.bring("users", FILE)
    loaded.loader.load_all()
    loaded.send({"event": "open", "user": "bob", "time": "2026-03-04T10:00:00Z"})
    desk.undo(first)
    loaded.loader.load_all()
    assert people() == {"ada": ({"plan": "pro"}, ["acme", "bolt"]), "bob": ({}, ["acme"])}
    desk.undo(second)
    loaded.loader.load_all()
    assert people() == {"ada": ({"plan": "free"}, ["acme"]), "bob": ({}, [])}
    assert loaded.events()[-1] == ("open", "", "bob")


def test_it_keeps_a_user_whom_somebody_made_a_contact(desk, loaded):
    done = desk.bring("users", FILE)
    loaded.loader.load_all()
    bob = Identity.objects.get(external_id="bob")
    Contact.objects.create(
        account=Account.objects.get(external_id="acme"), name="Bob", user=bob.user,
        created_at="2026-03-05T00:00Z", changed_at="2026-03-05T00:00Z",
    )  # fmt: skip
    desk.undo(done)
    loaded.loader.load_all()
    assert people()["bob"] == ({}, [])


def test_it_takes_back_a_file_that_was_stopped(desk, loaded, monkeypatch):
    monkeypatch.setattr(Users, "chunk", 1)
    monkeypatch.setattr(Users, "at_once", 1)
    done = desk.check("users", FILE)

    def stopping(share, total):
        if len(loaded.inbox.after(0, 10, 2**20)) > 1:
            raise Stopped

    with pytest.raises(Stopped):
        bring(done, stopping)
    type(done).objects.filter(pk=done.pk).update(state="stopped")
    done.refresh_from_db()
    assert done.done_rows == 1
    desk.undo(done)
    loaded.loader.load_all()
    assert people() == {"ada": ({"plan": "free"}, ["acme"])}
    assert not FileStatement.objects.exists()
