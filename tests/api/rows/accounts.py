"""Rows of customers: their fields, their place, merging them and changing what was."""

from typing import Any

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.merging.verbs import merge_accounts
from tenure.accounts.models import Account, Fact
from tenure.warehouse.current import store
from tests.api.row import ADMIN, ALL, SEES, Row, of_account
from tests.web.routes.world import World


def _same(world: World) -> dict[str, Any]:
    """Another customer that is the same; the store knows nothing of it, as what is merged loses its numbers there."""
    return {"merged_id": Account.objects.create(external_id="same").pk}


def _merge(world: World) -> dict[str, Any]:
    merged = Account.objects.create(external_id="same")
    return {"id": merge_accounts(merged, world.account, None, store()).pk}


def _fact(world: World) -> dict[str, Any]:
    set_fields([world.account], {"tier": "A"}, world.csm())
    return {"id": world.account.pk, "fact_id": Fact.objects.latest("pk").pk}


def _change(world: World) -> dict[str, Any]:
    """A change that csm made."""
    activity = set_fields([world.account], {"tier": "A"}, world.csm())
    assert activity is not None
    return {"id": activity.pk}


def _with_other(world: World) -> dict[str, Any]:
    return {"id": world.account.pk, "merged_id": world.other.pk}


ROWS: dict[str, Row] = {
    "list_accounts": Row(ALL),
    "create_account": Row(ADMIN, body=lambda world: {"external_id": "new", "name": "New"}),
    "get_account": Row(SEES, of_account),
    "update_account": Row(SEES, of_account, lambda world: {"fields": {"tier": "A"}}),
    "create_field_change": Row(SEES, body=lambda world: {"account_ids": [world.account.pk], "fields": {"tier": "A"}}),
    "place_account": Row(ADMIN, of_account, lambda world: {"parent_id": world.other.pk}),
    "list_facts": Row(SEES, of_account),
    "list_account_events": Row(SEES, of_account),
    "list_timeline": Row(SEES, of_account),
    "list_tickets": Row(SEES, of_account),
    "list_survey_answers": Row(SEES, of_account),
    "list_opportunities": Row(SEES, of_account),
    "correct_account_fact": Row(SEES, _fact, lambda world: {"value": "B"}),
    "withdraw_account_fact": Row(SEES, _fact),
    "list_field_changes": Row(ALL),
    "undo_field_change": Row(frozenset({"csm"}), _change),
    "preview_merge": Row(ADMIN, _with_other),
    "list_merges": Row(SEES, of_account),
    "create_merge": Row(ADMIN, of_account, _same),
    "undo_account_merge": Row(ADMIN, _merge),
}
