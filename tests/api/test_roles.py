"""Roles in charge, and who gets new customers, by programs."""

import pytest

from tenure.accounts.models import AssignmentRule
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


def test_a_role_is_added_named_archived_and_brought_back(program):
    made = program.ask("POST", "roles", {"name": "Trainer", "several": True}).json()
    assert (made["key"], made["several"]) == ("trainer", True)
    assert program.ask("POST", "roles", {"name": "trainer"}).status_code == 422
    named = program.ask("PUT", "roles/trainer/name", {"name": "Coach", "chinese": "教练"}, accept_language="zh-hans")
    assert (named.json()["key"], named.json()["name"]) == ("trainer", "教练")
    assert program.ask("PUT", "roles/trainer/archive").json()["archived_at"]
    assert "trainer" not in {each["key"] for each in program.get("roles").json()}
    assert [each["key"] for each in program.get("roles", {"archived": True}).json()] == ["trainer"]
    assert program.ask("PUT", "roles/trainer/name", {"name": "X"}).status_code == 404
    assert program.ask("DELETE", "roles/trainer/archive").json()["archived_at"] is None


def test_a_rule_says_who_gets_new_customers_until_it_is_ended(program, alice, bob):
    assert program.get("roles/csm/rule").status_code == 404
    sent = {"way": "round_robin", "member_ids": [bob.pk, alice.pk]}
    put = program.ask("PUT", "roles/csm/rule", sent)
    assert put.status_code == 200 and program.get("roles/csm/rule").json() == put.json()
    assert (put.json()["member_ids"], put.json()["dealt"]) == (sorted([alice.pk, bob.pk]), 0)
    nobody = {"way": "round_robin", "member_ids": [bob.pk, bob.pk + 99]}
    assert program.ask("PUT", "roles/csm/rule", nobody).status_code == 404
    assert program.ask("DELETE", "roles/csm/rule").status_code == 204 and not AssignmentRule.objects.exists()
    assert program.ask("DELETE", "roles/csm/rule").status_code == 404
