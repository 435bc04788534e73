import pytest

from tenure.people import first_run
from tenure.people.models import Member

FORM = {"name": "Ada", "email": "ada@example.com", "password": "correct horse battery", "language": "zh-hans"}
FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.mark.parametrize("path", ["/", "/customers/", "/login/", "/nowhere/"])
def test_it_leads_every_page_to_the_owner_form(client, db, path):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, "/welcome/")


def test_it_creates_the_owner_signs_them_in_and_is_gone(client, db, settings):
    first_run.key(settings.CONFIG.data)
    assert client.post("/welcome/", FORM)["Location"] == "/"
    owner = Member.objects.get()
    assert (owner.name, owner.language, owner.role) == ("Ada", "zh-hans", "owner")
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert client.get("/welcome/").status_code == 404
    assert client.post("/welcome/", FORM).status_code == 404
    assert not (settings.CONFIG.data / "first-run-key").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "ada@example.com"}, "too similar"),
        ({"email": "ada"}, "valid email"),
        ({"name": ""}, "required"),
        ({"language": "fr"}, "valid choice"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(client, db, change, words):
    response = client.post("/welcome/", FORM | change)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="ada' in response.content.decode()
    assert not Member.objects.exists()


def test_it_asks_another_machine_for_the_key(client, db, settings):
    assert b'name="password"' not in client.get("/welcome/", **FAR).content
    client.post("/welcome/", FORM, **FAR)
    assert not Member.objects.exists()
    client.get(f"/welcome/?key={first_run.key(settings.CONFIG.data)}", **FAR)
    assert b'name="password"' in client.get("/welcome/", **FAR).content
    client.post("/welcome/", FORM, **FAR)
    assert Member.objects.get().name == "Ada"
