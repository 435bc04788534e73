import pytest
from django.core.cache import cache

RIGHT = {"login": "bob@example.com", "password": "correct horse battery"}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def test_it_signs_in_and_goes_where_one_wanted_to(client, bob):
    assert client.post("/login/", RIGHT)["Location"] == "/"
    client.logout()
    assert client.post("/login/", RIGHT | {"next": "/customers/?q=a"})["Location"] == "/customers/?q=a"


def test_it_never_leads_to_another_site(client, bob):
    assert client.post("/login/", RIGHT | {"next": "https://evil.example"})["Location"] == "/"


def test_it_refuses_a_wrong_password_and_a_stranger_in_the_same_words(client, bob):
    wrong = client.post("/login/", RIGHT | {"password": "guess"}).content.decode()
    stranger = client.post("/login/", {"login": "nobody@example.com", "password": "guess"}).content.decode()
    words = "The email address and/or password you specified are not correct."
    assert words in wrong
    assert words in stranger


def test_it_refuses_a_member_whose_access_has_ended(client, bob, charlie):
    client.post("/login/", RIGHT | {"login": "charlie@example.com"})
    assert "_auth_user_id" not in client.session


def test_it_slows_guessing_down(client, bob):
    answers = [client.post("/login/", RIGHT | {"password": f"guess {n}"}) for n in range(12)]
    assert "Too many" in answers[-1].content.decode()
    still = client.post("/login/", RIGHT)
    assert "_auth_user_id" not in client.session
    assert still.status_code in (200, 429)


def test_it_signs_out(client, bob):
    client.force_login(bob)
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_it_lets_nobody_sign_up_by_themselves(client, bob):
    assert client.get("/login/signup/").status_code == 404
    assert client.get("/signup/").status_code == 404


def test_it_changes_the_password(client, bob):
    client.force_login(bob)
    new = {
        "oldpassword": "correct horse battery",
        "password1": "another long secret",
        "password2": "another long secret",
    }
    assert client.post("/password/", new)["Location"] == "/preferences/"
    bob.refresh_from_db()
    assert bob.check_password("another long secret")


def test_it_keeps_the_password_when_the_old_one_is_wrong(client, bob):
    client.force_login(bob)
    new = {"oldpassword": "guess", "password1": "another long secret", "password2": "another long secret"}
    client.post("/password/", new)
    bob.refresh_from_db()
    assert bob.check_password("correct horse battery")
