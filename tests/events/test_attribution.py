"""Which account a message names."""

import json

import pytest

from tenure.events.attribution import AccountRule, company_traits
from tenure.events.columns import Columns
from tenure.events.message import Message


def message(**fields):
    fields.setdefault("kind", "track")
    if "properties" in fields:
        fields["properties"] = json.dumps(fields["properties"]).encode()
    return Message(name="x", message_id="m", **fields)


def account_of(found, rule=None):
    return (rule or AccountRule()).accounts_of(Columns.of([found]))[0].as_py()


def linked_account(found):
    return AccountRule().linked_account(found, account_of(found))


def test_it_takes_the_messages_own_group_first():
    assert account_of(message(group_id="acme", properties={"company_id": "bolt"})) == "acme"


@pytest.mark.parametrize(
    ("groups", "account"),
    [
        ({"company": "acme", "account": "bolt"}, "acme"),
        ({"project": "p1", "workspace": "acme"}, "acme"),
        ({"project": "p1"}, "p1"),
        ({"project": "p1", "site": "s1"}, ""),
        ({}, ""),
    ],
)
def test_it_knows_usual_group_types_and_else_an_only_group(groups, account):
    assert account_of(message(groups=groups)) == account


def test_it_takes_the_group_type_of_the_source_and_no_other():
    rule = AccountRule(group_type="project")
    assert account_of(message(groups={"project": "p1", "company": "acme"}), rule) == "p1"
    assert account_of(message(groups={"company": "acme"}), rule) == ""


@pytest.mark.parametrize(
    ("value", "account"),
    [
        ("acme", "acme"),
        (" acme ", "acme"),
        (42, "42"),
        (42.0, "42"),
        (4.2, ""),
        (True, ""),
        (None, ""),
        ("", ""),
        ([1], ""),
        ({"id": 1}, ""),
    ],
)
def test_it_reads_texts_and_whole_numbers_from_properties(value, account):
    assert account_of(message(properties={"other": 1, "company_id": value})) == account


def test_it_looks_at_properties_in_the_sources_order_past_unusable_ones():
    rule = AccountRule(account_properties=("tenant", "org"))
    assert account_of(message(properties={"org": "b", "tenant": "a"}), rule) == "a"
    assert account_of(message(properties={"org": "b", "tenant": {"odd": 1}}), rule) == "b"
    assert account_of(message(properties={"company_id": "acme"}), rule) == ""


@pytest.mark.parametrize("traits", [{"company_id": "acme"}, {"company": {"id": "acme", "name": "Acme"}}])
def test_it_links_by_what_an_identify_call_says(traits):
    assert linked_account(message(kind="identify", user_id="u", traits=traits)) == "acme"


def test_it_does_not_take_a_groups_own_traits_for_an_account():
    assert linked_account(message(kind="group", traits={"company_id": "acme"})) == ""


def test_it_finds_what_is_said_about_the_users_company():
    found = company_traits(message(kind="identify", traits={"company": {"id": "acme", "plan": "pro"}, "name": "Ada"}))
    assert found == {"plan": "pro"}
    assert company_traits(message(kind="identify", traits={"company": "acme"})) == {}
