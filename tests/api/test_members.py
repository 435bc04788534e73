"""The team run by a program: invited, moved, let go with the book handed over; and what the audit log tells of it."""

import pytest

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, AssignmentRole
from tenure.lib import clock
from tenure.people.invitations import accept, find
from tenure.people.models import Member, Role
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_a_program_invites_with_a_link_that_works(program):
    made = program.ask("POST", "invitations", {"email": "Dora@example.com", "role": "csm"}).json()
    key = made["link"].rstrip("/").rpartition("/")[2]
    member = accept(find(key, clock.now()), name="Dora", password=None, language="en")
    assert (member.email, member.role) == ("dora@example.com", Role.CSM)
    assert program.get("invitations").json()["items"] == []
    for body, path in (({"email": "x", "role": "csm"}, "body.email"), ({"email": "a@b.co", "role": "x"}, "body.role")):
        assert program.ask("POST", "invitations", body).json()["error"]["path"] == path
    lost = program.ask("POST", "invitations", {"email": "eve@example.com", "role": "csm"}).json()["invitation"]["id"]
    assert program.ask("DELETE", f"invitations/{lost}").status_code == 204
    assert program.ask("POST", f"invitations/{lost}/link").status_code == 404


def test_somebody_leaves_and_their_book_goes_on(program, alice, bob):
    account = Account.objects.create(external_id="acme", name="Acme")
    assign([account.pk], AssignmentRole.objects.get(key="csm"), bob, None)
    dora = Member.objects.create_user("dora@example.com", name="Dora", role=Role.CSM)
    asked = {"member_id": bob.pk, "to": [dora.pk], "way": "least_accounts"}
    plan = program.ask("POST", "hand-overs/plan", asked).json()
    assert plan["moves"] == [{"account_id": account.pk, "role": "csm", "from_id": bob.pk, "to_id": dora.pk}]
    assert program.ask("POST", "hand-overs", asked | {"mark": "another"}).status_code == 409
    done = program.ask("POST", "hand-overs", asked | {"mark": plan["mark"], "reason": "Moves away"}).json()
    assert [each["member_id"] for each in program.get(f"accounts/{account.pk}/assignments").json()] == [dora.pk]
    assert program.ask("POST", "hand-overs", asked).status_code == 409
    assert program.ask("DELETE", f"team/{bob.pk}/access").json()["active"] is False
    assert [each["id"] for each in program.get("team", {"active": False}).json()["items"]] == [bob.pk]
    assert program.ask("DELETE", f"team/{alice.pk}/access").status_code == 422
    program.ask("PUT", f"team/{bob.pk}/access")
    assert program.ask("POST", f"assignment-changes/{done['id']}/undoing").json()["undone_at"]
    assert [each["member_id"] for each in program.get(f"accounts/{account.pk}/assignments").json()] == [bob.pk]
    log = program.get("audit-log", {"verb": "member"}).json()["items"]
    assert [each["verb"] for each in log] == ["member.reactivated", "member.deactivated"]
    assert log[0]["by"] == "Alice (Robot)" and "Bob" in log[0]["says"]
    of_account = program.get("audit-log", {"account": account.pk, "limit": 1}).json()
    assert of_account["items"][0]["account_ids"] == [account.pk] and of_account["next"]


def test_an_admin_makes_no_owner(bob):
    Member.objects.filter(pk=bob.pk).update(role=Role.ADMIN)
    admin = Program.of(Member.objects.get(pk=bob.pk))
    dora = Member.objects.create_user("dora@example.com", name="Dora", role=Role.CSM)
    assert admin.ask("PUT", f"team/{dora.pk}/role", {"role": "owner"}).status_code == 403
    assert admin.ask("POST", "invitations", {"email": "eve@example.com", "role": "owner"}).status_code == 403


def test_it_hands_out_and_erases_what_is_held_about_a_contact(program, customers):
    contact = add_contact(Account.objects.order_by("pk")[0], Details("Ada Lovelace", email="ada@example.com"), None)
    path = f"contacts/{contact.pk}"
    document = b"".join(program.get(f"{path}/personal-data").streaming_content).decode()
    assert "Ada Lovelace" in document
    assert program.ask("POST", f"{path}/erasure", {}, idempotency_key="e-1").json() == {"erased": True}
    assert program.ask("POST", f"{path}/erasure", {}, idempotency_key="e-1")["Idempotent-Replayed"] == "true"
    assert program.get(path).status_code == 404
