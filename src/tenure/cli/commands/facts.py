"""facts, account: what is known of one account, as of a day and as known on a day."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from tenure.accounts.as_of import end_of_day, facts_at
from tenure.accounts.assignments.reading import as_known
from tenure.accounts.fields.reading import cards_in_use
from tenure.accounts.fields.words import show
from tenure.accounts.models import Account, Assignment, Fact, Field
from tenure.cli.command import Command, Context, table
from tenure.cli.commands.reading import account_id
from tenure.lib import clock


def _facts_options(parser: ArgumentParser) -> None:
    parser.add_argument("account", help="the account's external id")
    parser.add_argument("--as-of", type=_iso_day, help="YYYY-MM-DD: what was true at the end of the day; else now")
    parser.add_argument("--known-at", type=_iso_day, help="YYYY-MM-DD: as far as it was known at the end of that day")


def _facts(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    as_of, known_at = _asked(options, context)
    found = list(facts_at(account_id(options["account"]), as_of, known_at).values())
    prefetch_related_objects(found, "actor")
    return [_fact(fact) for fact in found]


def _asked(options: Mapping[str, Any], context: Context) -> tuple[datetime, datetime | None]:
    """(as of, as known at)."""
    zone = context.config.zone
    as_of = end_of_day(date.fromisoformat(options["as_of"]), zone) if options["as_of"] else clock.now()
    return as_of, end_of_day(date.fromisoformat(options["known_at"]), zone) if options["known_at"] else None


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "field": fact.field,
        "value": fact.value,
        "valid_from": fact.valid_from.isoformat(),
        "recorded_at": fact.recorded_at.isoformat(),
        "source": fact.source,
        "by": fact.actor.email if fact.actor else None,
    }


def _account(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    account = Account.objects.get(pk=account_id(options["account"]))
    as_of, known_at = _asked(options, context)
    facts = facts_at(account.pk, as_of, known_at)
    cards = cards_in_use()
    on_cards = {field.key for each in cards for field in each.fields}
    return {
        "account": account.external_id,
        "name": account.name,
        "first_day": account.first_day.isoformat() if account.first_day else None,
        "in_charge": [_turn(each) for each in _in_charge(account.pk, as_of, known_at)],
        "cards": [
            {
                "card": each.card.key,
                "name": str(each.card),
                "fields": [_field(field, facts[field.key].value) for field in each.fields if field.key in facts],
            }
            for each in cards
        ],
        "other": {key: fact.value for key, fact in facts.items() if key not in on_cards | {"name"}},
    }


def _in_charge(account_id: int, as_of: datetime, known_at: datetime | None) -> QuerySet[Assignment]:
    """Whoever was in charge in the instant, role by role."""
    held = as_known(as_of + timedelta(microseconds=1), known_at or clock.now()).filter(account=account_id)
    return held.select_related("role", "member").order_by("role__place", "since", "pk")


def _turn(assignment: Assignment) -> dict[str, Any]:
    role, member = assignment.role, assignment.member
    return {"role": role.key, "name": str(role), "member": member.email, "since": assignment.since.isoformat()}


def _field(field: Field, value: Any) -> dict[str, Any]:
    return {"field": field.key, "name": str(field), "value": value, "text": show(field, value)}


def _show_account(found: dict[str, Any]) -> str:
    lines = [f"{found['account']}  {found['name']}  first seen {found['first_day'] or '–'}"]
    lines += [f"{each['name']}: {each['member']}" for each in found["in_charge"]]
    for card in found["cards"]:
        if card["fields"]:
            lines += ["", card["name"], *(f"  {each['name']}: {each['text']}" for each in card["fields"])]
    if found["other"]:
        lines += ["", "Other", *(f"  {key}: {value}" for key, value in found["other"].items())]
    return "\n".join(lines)


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


COMMANDS = (
    Command("facts", "What is known of an account, with its source.", _facts_options, _facts, table, reads=True),
    Command(
        "account",
        "An account: who is in charge, its profile cards.",
        _facts_options,
        _account,
        _show_account,
        reads=True,
    ),
)
