"""Users from files."""

from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.models import User
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


def test_it_imports_users_and_links_them(house, importing):
    house.send({"event": "open", "user": "ada", "time": "2026-03-01T10:00:00Z"})
    importing("users", "user_id,name,email,company_id\nada,Ada,ada@example.com,acme\n")
    user = User.objects.get()
    assert (user.name, user.email) == ("Ada", "ada@example.com")
    assert house.events()[0] == ("open", "acme", "ada")


def test_it_refuses_a_row_without_an_id_and_imports_the_others(importing):
    done = importing("users", "user_id,name\n,Nobody\nada,Ada\n")
    assert (done.taken, [problem.reason for problem in done.problems]) == (1, ["missing_user"])
    assert User.objects.get().name == "Ada"
