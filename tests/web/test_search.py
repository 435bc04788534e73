import pytest

from tenure.accounts.models import Account


@pytest.fixture
def accounts(db) -> list[Account]:
    names = ["Acme Corp", "Bolt", "ACME Labs", "<b>Evil</b>"]
    return [Account.objects.create(external_id=f"id-{i}", name=name) for i, name in enumerate(names)]


def found(client, query: str) -> str:
    return client.get("/search/", {"q": query}).content.decode()


def test_it_finds_by_part_of_the_name_or_id(client, alice, accounts):
    client.force_login(alice)
    assert "Acme Corp" in found(client, "acme")
    assert "ACME Labs" in found(client, "acme")
    assert "Bolt" not in found(client, "acme")
    assert f'href="/customers/{accounts[1].pk}/"' in found(client, "id-1")


def test_it_escapes_names_and_says_when_nothing_is_found(client, alice, accounts):
    client.force_login(alice)
    assert "&lt;b&gt;Evil" in found(client, "evil")
    assert "No customer has this name or id." in found(client, "zzz%_\0")


def test_it_is_for_members_only(client, alice, accounts):
    assert client.get("/search/", {"q": "acme"}).status_code == 302
