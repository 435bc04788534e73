"""Contacts from files."""

import pytest

from tenure.accounts.models import Account, Contact, User
from tenure.activity.models import Activity
from tenure.events.models import QuarantinedItem
from tenure.imports.contacts import import_contacts
from tenure.imports.errors import BadImport

FILE = """account_id,name,mobile,email,position,role,contact_id
acme,王芳,138 0013 8000,wang@acme.example,CTO,"decision_maker, champion",1
acme,Bob,,bob@acme.example,,user,2
nowhere,Eve,,,,,3
acme,,,,,,4
acme,Dan,oops,,,king,5
"""


@pytest.fixture
def importing(house, tmp_path):
    Account.objects.create(external_id="acme")

    def run(text, name="contacts.csv", **options):
        path = tmp_path / name
        path.write_text(text)
        return import_contacts(path, house.source, **options)

    return run


def test_it_imports_the_good_rows_and_reports_the_bad_ones(importing):
    done = importing(FILE)
    assert (done.rows, done.taken, done.refused) == (5, 2, 3)
    found = Contact.objects.order_by("external_id").values_list("name", "phones", "roles", "source")
    assert list(found) == [("王芳", ["138 0013 8000"], 3, "App"), ("Bob", [], 4, "App")]
    assert [(problem.row, problem.reason) for problem in done.problems] == [(row, "bad_contact") for row in (3, 4, 5)]
    assert "There is no account 'nowhere'" in done.problems[0].detail
    assert "no telephone number" in done.problems[2].detail
    assert "“king” is no role" in done.problems[2].detail
    assert list(QuarantinedItem.objects.values_list("wire_format", "reason").distinct()) == [
        ("contacts", "bad_contact")
    ]


def test_it_changes_nothing_the_second_time(importing):
    importing(FILE)
    importing(FILE)
    assert (Contact.objects.count(), QuarantinedItem.objects.count()) == (2, 3)
    assert Activity.objects.filter(verb="contact.imported").count() == 1


def test_it_updates_those_it_knows(importing):
    importing(FILE)
    importing('{"account": "acme", "name": "Robert", "email": "BOB@acme.example"}\n', "more.ndjson")
    assert sorted(Contact.objects.values_list("name", flat=True)) == ["Robert", "王芳"]


def test_it_only_reads_in_a_dry_run(importing):
    done = importing(FILE, dry_run=True)
    assert (done.taken, done.refused) == (2, 3)
    assert not Contact.objects.exists()
    assert not QuarantinedItem.objects.exists()


def test_it_links_the_user_they_are(house, importing):
    house.send({"type": "identify", "user": "ada", "account": "acme"})
    done = importing("account,name,user\nacme,Ada,ada\nacme,Eve,eve\n")
    assert Contact.objects.get().user == User.objects.get()
    assert "has no user 'eve'" in done.problems[0].detail


def test_it_wants_a_name_and_an_account(importing):
    with pytest.raises(BadImport, match="No column for account"):
        importing("name\nAda\n")
    with pytest.raises(BadImport, match="No column for name"):
        importing("account\nacme\n")
