import pytest

from tenure.people.models import Role


def get(client, member, path: str = "/preferences/") -> str:
    client.force_login(member)
    return client.get(path).content.decode()


def test_it_shows_operators_the_settings_and_others_not(client, alice, bob):
    assert "Event catalogue" in get(client, alice)
    assert "Event catalogue" not in get(client, bob)
    assert "Customers" in get(client, bob)


def test_it_marks_where_one_is(client, alice):
    client.force_login(alice)
    text = client.get("/settings/sources/").content.decode()
    assert text.count('aria-current="page"') == 1
    assert 'href="/settings/sources/" title="Sources" aria-current="page"' in text


def test_it_keeps_the_as_of_day_in_its_links(client, alice):
    text = get(client, alice, "/preferences/?day=2026-01-05")
    assert 'href="/customers/?day=2026-01-05"' in text
    assert 'href="/customers/"' in get(client, alice)


def test_it_repeats_the_title_as_the_heading(client, alice):
    text = get(client, alice)
    assert "<title>Preferences · Tenure</title>" in text
    assert "<h1>Preferences</h1>" in text


def test_it_allows_no_script_but_our_own(client, alice):
    client.force_login(alice)
    response = client.get("/preferences/")
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    text = response.content.decode()
    assert " onclick=" not in text
    assert "<script>" not in text
    assert "<style" not in text


@pytest.mark.parametrize("role", Role)
def test_it_shows_every_role_who_they_are(client, bob, role):
    bob.role = role
    bob.save()
    assert f"bob@example.com · {role.label}" in get(client, bob)
