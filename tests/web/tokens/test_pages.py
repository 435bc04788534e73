"""Settings › API tokens, and the API's reference."""

import re

import pytest

from tenure.people.models import Access, ApiToken, Area, Member, Role
from tenure.people.tokens import BadToken, make_token, revoke_token
from tests.api.asking import Program


@pytest.fixture
def bobs(client, bob):
    client.force_login(bob)
    return client


def form(**chosen: str) -> dict[str, str]:
    return {"name": "CRM sync", "days": "90", "accounts": "read", "contacts": "write", **chosen}


def test_a_token_is_shown_once_and_lets_in(bobs, bob):
    made = bobs.post("/settings/tokens/new/", form())
    secret = re.search(r"tenure_\w{8}_[\w-]{43}", made.content.decode())
    assert made.status_code == 200 and "no-store" in made["Cache-Control"] and secret
    token = ApiToken.objects.get()
    assert (token.member, token.scopes) == (bob, {"accounts": "read", "contacts": "write"})
    assert Program(secret[0]).get("accounts").status_code == 200
    listed = bobs.get("/settings/tokens/").content.decode()
    assert secret[0] not in listed and f"tenure_{token.prefix}_…" in listed and "Never" not in listed
    assert secret[0] not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize(
    ("chosen", "said"), [({"accounts": "", "contacts": ""}, "at least one area"), ({"name": " "}, "required")]
)
def test_what_cannot_be_made_is_said(bobs, chosen, said):
    answer = bobs.post("/settings/tokens/new/", form(**chosen))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_one_sees_ones_own_tokens_and_who_manages_members_everybodys(bobs, bob, alice, client):
    make_token(alice, "Of Alice", {Area.ACCOUNTS: Access.READ}, days=None, actor=alice)
    token, secret = make_token(bob, "Of Bob", {Area.ACCOUNTS: Access.READ}, days=1, actor=bob)
    assert "Of Alice" not in bobs.get("/settings/tokens/").content.decode()
    client.force_login(alice)
    assert "Of Bob" in client.get("/settings/tokens/").content.decode()
    client.post(f"/settings/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_by == alice and Program(secret).get("accounts").status_code == 401


def test_a_name_is_free_again_once_revoked(bob):
    first, _secret = make_token(bob, "Robot", {Area.USERS: Access.READ}, days=1, actor=bob)
    revoke_token(first, bob)
    assert make_token(bob, "Robot", {Area.USERS: Access.READ}, days=1, actor=bob)[0].pk != first.pk


@pytest.mark.parametrize(("name", "days"), [("Robot", 0), ("Robot", 4_000), ("", 1), ("x" * 81, 1)])
def test_a_token_has_a_name_and_an_end_within_bounds(bob, name, days):
    with pytest.raises(BadToken):
        make_token(bob, name, {Area.USERS: Access.READ}, days=days, actor=bob)


def test_a_viewer_has_none(client, bob):
    Member.objects.filter(pk=bob.pk).update(role=Role.VIEWER)
    bob.refresh_from_db()
    client.force_login(bob)
    assert client.get("/settings/tokens/").status_code == 404
    with pytest.raises(BadToken):
        make_token(bob, "Robot", {Area.USERS: Access.READ}, days=1, actor=bob)


def test_the_reference_names_every_operation(bobs):
    page = bobs.get("/api/docs").content.decode()
    document = bobs.get("/api/openapi.json").json()
    names = [told["operationId"] for methods in document["paths"].values() for told in methods.values()]
    assert len(names) > 50 and all(f'id="{name}"' in page for name in names)
    assert set(re.findall(r'href="#schema-(\w+)"', page)) <= set(re.findall(r'id="schema-(\w+)"', page))
