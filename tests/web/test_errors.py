import pytest
from django.test import Client


def test_it_says_in_both_languages_that_nothing_is_there(client, alice):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    chinese = client.get("/nowhere/", headers={"Accept-Language": "zh-CN"})
    assert "这里什么也没有" in chinese.content.decode()


def test_it_explains_a_form_that_is_too_old(alice):
    response = Client(enforce_csrf_checks=True).post("/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "This page is too old" in response.content.decode()


def test_it_stays_calm_when_something_breaks(client, alice, monkeypatch):
    monkeypatch.setattr("tenure.web.people.preferences.PreferencesForm", None)
    client.force_login(alice)
    client.raise_request_exception = False
    response = client.get("/preferences/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_it_says_that_an_address_is_only_for_a_button(client, alice):
    client.force_login(alice)
    response = client.get("/settings/system/backup/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was done" in response.content.decode()


def test_it_says_that_a_form_is_too_long(client, alice, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client.force_login(alice)
    response = client.post("/preferences/", {"name": "x" * 200})
    assert response.status_code == 413
    assert "This is too long" in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver evil"])
def test_it_refuses_a_host_it_is_not(client, alice, host):
    assert client.get("/login/", headers={"host": host}).status_code == 400
