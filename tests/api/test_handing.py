"""Customers handed over by programs: those that are named, whoever is in charge of them, by rule or by hand."""

import pytest

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.people.models import Member, Role
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def accounts(db) -> list[int]:
    return [Account.objects.create(external_id=name, name=name).pk for name in ("acme", "bolt", "cedar")]


def in_charge() -> dict[int, int]:
    return dict(Assignment.objects.filter(until=None).values_list("account_id", "member_id"))


def test_it_deals_named_customers_out_also_those_nobody_has(program, alice, bob, accounts):
    dora = Member.objects.create_user("dora@example.com", name="Dora", role=Role.CSM)
    assign(accounts[:1], AssignmentRole.objects.get(key="csm"), bob, alice)
    asked = {"account_ids": accounts, "roles": ["csm"], "to": [bob.pk, dora.pk]}
    plan = program.ask("POST", "hand-overs/plan", asked).json()
    assert [(each["account_id"], each["from_id"], each["to_id"]) for each in plan["moves"]] == [
        (accounts[1], None, dora.pk),
        (accounts[2], None, bob.pk),
    ]
    by_hand = [{"account_id": accounts[0], "role": "csm", "to_id": dora.pk}]
    done = program.ask("POST", "hand-overs", asked | {"choices": by_hand}).json()
    assert in_charge() == {accounts[0]: dora.pk, accounts[1]: bob.pk, accounts[2]: bob.pk}
    program.ask("POST", f"assignment-changes/{done['id']}/undoing")
    assert in_charge() == {accounts[0]: bob.pk}


@pytest.mark.parametrize(
    ("change", "status", "path"),
    [
        ({"member_id": 1}, 422, "body"),
        ({"account_ids": []}, 422, "body"),
        ({"roles": []}, 422, "body.roles"),
        ({"roles": ["pilot"]}, 422, "body.roles"),
        ({"account_ids": [2**40]}, 404, None),
        ({"choices": [{"account_id": 1, "role": "csm", "to_id": 2**40}]}, 422, "body.choices"),
    ],
)
def test_it_refuses_what_cannot_be_meant(program, bob, accounts, change, status, path):
    asked = {"account_ids": accounts, "roles": ["csm"], "to": [bob.pk], **change}
    answer = program.ask("POST", "hand-overs", asked)
    assert (answer.status_code, answer.json()["error"].get("path")) == (status, path) and not in_charge()
