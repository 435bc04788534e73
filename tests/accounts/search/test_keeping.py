"""Keys follow names, whichever way a name is written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.keeping import keep_contacts, take_back_contacts
from tenure.accounts.contacts.verbs import add_contact, change_contact, remove_contact, restore_contact
from tenure.accounts.jobs import write_search_keys
from tenure.accounts.keeping import GivenAccount, keep_accounts
from tenure.accounts.models import Account, AccountKey, Contact, ContactKey, User, UserKey
from tenure.accounts.search import keeping
from tenure.accounts.search.keeping import JOB, names_changed, waiting
from tenure.jobs.models import Job
from tenure.lib import clock
from tenure.lib.instants import to_us

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def keys(table, row) -> set[str]:
    return {bytes(key).decode() for key in table.objects.filter(row=row).values_list("key", flat=True)}


def keep(*given: tuple[str, str]) -> None:
    accounts = [GivenAccount(external_id, to_us(NOW), {"name": name}) for external_id, name in given]
    keep_accounts(accounts, "file", NOW, ZoneInfo("UTC"))


class Told:
    """A run that is never stopped."""

    def progress(self, done: int, total: int) -> None:
        assert done <= total


def test_accounts_of_files_are_found_by_the_name_they_have(db):
    keep(("a", "Bolt"))
    account = Account.objects.get()
    assert keys(AccountKey, account) == {"a", "bolt", "olt"}
    keep_accounts([GivenAccount("a", to_us(NOW) + 1, {"name": "Nut"})], "file", NOW.replace(day=3), ZoneInfo("UTC"))
    assert keys(AccountKey, account) == {"a", "nut"}


def test_accounts_and_users_of_events_are_found(house):
    house.send(
        {"id": "1", "type": "identify", "user": "u", "account": "bolt", "traits": {"name": "Zoe", "email": "z@b.c"}}
    )
    assert keys(AccountKey, Account.objects.get()) == {"bolt", "olt"}
    assert keys(UserKey, User.objects.get()) == {"zoe", "z b c", "b c", "c"}
    house.send({"id": "2", "type": "identify", "user": "u", "account": "bolt", "traits": {"name": "Ada", "email": ""}})
    assert keys(UserKey, User.objects.get()) == {"ada"}


def test_contacts_are_found_while_they_are_in_sight(db):
    account = Account.objects.create(external_id="a")
    contact = add_contact(account, Details("Zoe"), None)
    change_contact(contact, Details("Ada", wechat="ada_l"), None)
    assert keys(ContactKey, contact) == {"ada", "ada l", "l"}
    remove_contact(contact, None)
    assert keys(ContactKey, contact) == set()
    restore_contact(contact, None)
    assert keys(ContactKey, contact) == {"ada", "ada l", "l"}


def test_contacts_of_files_are_found_until_they_are_taken_back(db):
    account = Account.objects.create(external_id="a")
    known = add_contact(account, Details("Zoe", external_id="1"), None)
    kept = keep_contacts([(account.pk, Details("Bea", external_id="1")), (account.pk, Details("Cy"))], None, "file")
    assert keys(ContactKey, known) == {"1", "bea"}
    assert keys(ContactKey, kept.new_ids[0]) == {"cy"}
    take_back_contacts(kept.new_ids, kept.replaced, None)
    assert keys(ContactKey, known) == {"1", "zoe"}
    assert keys(ContactKey, kept.new_ids[0]) == set()


def test_many_names_are_left_to_a_job(db, monkeypatch):
    monkeypatch.setattr(keeping, "_AT_ONCE", 1)
    monkeypatch.setattr(keeping, "_BATCH", 2)
    keep(*((f"a{number}", "Bolt") for number in range(3)))
    keep_accounts([GivenAccount("a0", to_us(NOW) + 1, {"name": "Nut"})], "file", NOW.replace(day=3), ZoneInfo("UTC"))
    assert waiting() == 2 and Job.objects.filter(kind=JOB).count() == 1
    write_search_keys(Told())
    assert waiting() == 0
    assert [keys(AccountKey, each) & {"nut", "bolt"} for each in Account.objects.order_by("pk")] == [
        {"nut"},
        {"bolt"},
        {"bolt"},
    ]
    names_changed(Account, list(Account.objects.values_list("pk", flat=True)))
    assert waiting() == 3 and not AccountKey.objects.exists()


def test_a_name_that_says_nothing_does_not_wait_for_ever(db):
    Contact.objects.create(
        account=Account.objects.create(external_id="a"), name=" ", created_at=clock.now(), changed_at=clock.now()
    )
    User.objects.create()
    write_search_keys(Told())
    assert waiting() == 0 and not UserKey.objects.exists()


@pytest.mark.parametrize("model", [Account, Contact, User])
def test_nobody_named_is_nothing_to_do(model, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        names_changed(model, [])
