"""How often signing in, joining and asking for a password may be tried. The counts are shared by all processes."""

from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache

from tenure.activity.models import Activity
from tests.web.people.conftest import PASSWORD

WRONG = {"login": "bob@example.com", "password": "guess"}


def test_it_counts_for_all_processes_together():
    assert isinstance(cache._connections[cache._alias], DatabaseCache)


def test_it_stops_guessing_one_members_password_after_five_tries(client, bob):
    for _ in range(5):
        client.post("/login/", WRONG)
    client.post("/login/", WRONG | {"password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert Activity.objects.filter(verb="sign_in.failed").count() == 5


def test_it_stops_one_address_after_ten_failures_and_not_another(client, bob, alice):
    for number in range(11):
        client.post("/login/", {"login": f"nobody{number}@example.com", "password": "guess"})
    client.post("/login/", WRONG | {"password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/login/", WRONG | {"password": PASSWORD}, REMOTE_ADDR="198.51.100.7")
    assert client.session["_auth_user_id"] == str(bob.pk)


def test_it_stops_trying_invitations(client, alice):
    answers = [client.post("/invitation/1-1:guess/").status_code for _ in range(11)]
    assert answers == [410] * 10 + [429]


def test_it_stops_asking_for_passwords(client, bob):
    answers = [client.post("/password/forgotten/", {"email": "bob@example.com"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_it_stops_setting_passwords_by_guessed_links(client, bob):
    answers = [client.post("/password/new/1-guess/").status_code for _ in range(21)]
    assert answers[-1] == 429
    assert 429 not in answers[:-1]
