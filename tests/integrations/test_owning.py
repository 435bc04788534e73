"""Fields a sync writes are locked for everybody else, until it lets go of them."""

import pytest

from tenure.accounts.fields.editing import FieldIsSynced, editable
from tenure.accounts.models import Account, Card, Field
from tenure.imports.columns import BadMapping, Mapped
from tenure.integrations.setting_up import Draft, add, change
from tenure.integrations.verbs import delete, map_columns, suggested
from tests.imports.desk import Desk, problems
from tests.integrations.syncing import told

ROW = "insert into customers values ('acme', 'pro', 3, '2026-03-01')"


@pytest.fixture
def fields(syncing):
    """seats, which nobody owns, and updated, which another system does."""
    Field.objects.create(key="updated", name="Updated", card=Card.objects.all()[0], synced_from="ERP")
    syncing.sqlite(ROW)
    return syncing


def source(key: str) -> str:
    return Field.objects.get(key=key).synced_from


def test_it_locks_what_it_writes_and_writes_it_still(fields):
    sync = fields.of_query()
    assert told(fields.run(sync)) == ("done", 1, 0, 0, 0)
    assert (source("seats"), source("updated")) == ("CRM", "ERP")
    with pytest.raises(FieldIsSynced, match="comes from CRM"):
        editable(["seats"], fields.actor)
    file = Desk(fields.actor, fields.folder).bring(
        "accounts", "account_id,seats\nacme,9\n", fields={"account": "account_id"}
    )
    assert Account.objects.get().traits["seats"] == 3
    assert problems(file) == []  # the column is left out
    fields.sqlite("update customers set seats = 4")
    assert told(fields.run(sync)) == ("done", 0, 1, 0, 0)


def test_it_lets_go_when_it_no_longer_writes_them(fields):
    sync = fields.of_query()
    fields.run(sync)
    parts = {"file": "crm.sqlite", "query": "select * from customers"}
    change(sync, Draft("Salesforce", "", "", parts), fields.actor)
    assert source("seats") == "Salesforce"
    change(sync, Draft("Salesforce", "", "", parts, locks=False), fields.actor)
    assert source("seats") == ""
    change(sync, Draft("ERP", "", "", parts), fields.actor)
    assert (source("seats"), sync.owned) == ("ERP", ["plan", "seats"])
    delete(sync, fields.actor)
    assert (source("seats"), source("updated")) == ("", "ERP")


def test_it_takes_no_field_of_another_system(fields):
    parts = {"file": "crm.sqlite", "query": "select account_id, updated from customers"}
    sync = add(Draft("CRM", "sqlite", "accounts", parts), fields.actor)
    assert "updated" not in suggested(sync).fields
    with pytest.raises(BadMapping, match="Updated comes from ERP"):
        map_columns(sync, Mapped({"account": "account_id", "updated": "updated"}), fields.actor)
