"""Accounts and users from files."""

from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.models import Account, Fact, User
from tenure.imports.files import import_file

UTC = ZoneInfo("UTC")


@pytest.fixture
def importing(house, tmp_path):
    def run(kind, text, name="people.csv", **options):
        path = tmp_path / name
        path.write_text(text)
        done = import_file(kind, path, house.source, house.inbox, zone=UTC, **options)
        house.loader.load_all()
        return done

    return run


def test_it_imports_accounts_with_all_columns_as_attributes(importing):
    importing("accounts", "id,name,plan,seats\nacme,Acme Ltd,pro,20\nbolt,Bolt,,5\n")
    acme = Account.objects.get(external_id="acme")
    assert (acme.name, acme.traits) == ("Acme Ltd", {"name": "Acme Ltd", "plan": "pro", "seats": 20})
    assert Account.objects.get(external_id="bolt").traits == {"name": "Bolt", "seats": 5}


def test_it_records_no_fact_again(importing):
    for _ in range(2):
        importing("accounts", "id,name\nacme,Acme Ltd\n")
    assert Fact.objects.count() == 1


def test_it_knows_since_when_when_a_column_says_so(importing):
    importing("accounts", "account_id,plan,as_of\nacme,free,2026-01-01\nacme,pro,2026-03-01\n")
    found = Fact.objects.order_by("valid_from").values_list("value", "valid_from__month")
    assert list(found) == [("free", 1), ("pro", 3)]


def test_it_imports_users_and_links_them(house, importing):
    house.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    importing("users", "user_id,name,email,company_id\nada,Ada,ada@example.com,acme\n")
    user = User.objects.get()
    assert (user.name, user.email) == ("Ada", "ada@example.com")
    assert house.events()[0] == ("open", "acme", "ada")


def test_it_reads_groups_as_posthog_keeps_them(importing):
    importing("accounts", '{"company": {"acme": {"name": "Acme"}, "bolt": {"name": "Bolt"}}}', "groups.json")
    assert sorted(Account.objects.values_list("name", flat=True)) == ["Acme", "Bolt"]


def test_it_refuses_a_row_without_an_id_and_imports_the_others(importing):
    done = importing("users", "user_id,name\n,Nobody\nada,Ada\n")
    assert (done.taken, [problem.reason for problem in done.problems]) == (1, ["missing_user"])
    assert User.objects.get().name == "Ada"
