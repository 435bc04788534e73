import stat
import threading

import pytest
from django.db import connection

from tenure.lib import clock
from tenure.people import first_run
from tenure.people.models import Member, Role

OWNER = {"email": "Ada@Example.com", "password": "correct horse battery", "name": "Ada", "language": "en"}


def test_it_makes_the_owner_of_a_fresh_installation(db):
    assert first_run.is_fresh()
    owner = first_run.create_first_owner(now=clock.now(), **OWNER)
    assert (owner.email, owner.role) == ("ada@example.com", Role.OWNER)
    assert owner.check_password(OWNER["password"])
    assert not first_run.is_fresh()


def test_it_refuses_once_a_member_exists(alice):
    with pytest.raises(first_run.AlreadySetUp):
        first_run.create_first_owner(now=clock.now(), **OWNER)
    assert Member.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_owner_when_two_ask_at_once():
    made, barrier = [], threading.Barrier(2)

    def ask(email: str) -> None:
        barrier.wait()
        try:
            made.append(first_run.create_first_owner(now=clock.now(), **{**OWNER, "email": email}))
        except first_run.AlreadySetUp:
            made.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(f"{name}@example.com",)) for name in ("ada", "eve")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made.count(None) == 1
    assert Member.objects.count() == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_opens_to_this_machine(tmp_path, address):
    assert first_run.may_set_up({"REMOTE_ADDR": address}, "", tmp_path)


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.168.1.4"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"},
        {"REMOTE_ADDR": "::1", "HTTP_X_REAL_IP": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_it_asks_others_for_the_key(tmp_path, meta):
    assert not first_run.may_set_up(meta, "", tmp_path)
    assert not first_run.may_set_up(meta, "wrong", tmp_path)
    assert first_run.may_set_up(meta, first_run.key(tmp_path), tmp_path)


def test_it_keeps_one_key_that_only_its_owner_can_read(tmp_path):
    key = first_run.key(tmp_path)
    assert first_run.key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "first-run-key").stat().st_mode) == 0o600
    first_run.forget_key(tmp_path)
    assert first_run.key(tmp_path) != key
