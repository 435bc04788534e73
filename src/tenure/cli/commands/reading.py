"""stats, events, metric, accounts: what Tenure knows, for people and as JSON."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tenure.accounts.models import Account, Identity
from tenure.cli.command import Command, Context, cell, no_options, table
from tenure.core.health import HealthState
from tenure.events.inbox.current import inbox
from tenure.events.models import EventType
from tenure.events.stats import read_stats
from tenure.health.asking import ask
from tenure.health.explain import Explanation, explain
from tenure.lib.errors import TenureError
from tenure.warehouse.current import store
from tenure.warehouse.store import EventFilter

MAX_EVENTS = 10_000


class NoSuch(TenureError):
    """A name that does not exist here."""


def account_id(external_id: str) -> int:
    """The id of the account with this external id; raises NoSuch."""
    found = Account.objects.filter(external_id=external_id).values_list("id", flat=True).first()
    if found is None:
        raise NoSuch(f"There is no account {external_id!r}. `tenure accounts` lists them.")
    return found


def _stats(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    return dict(read_stats(store(), inbox()))


def _show_stats(stats: dict[str, Any]) -> str:
    return "\n".join(f"{name:<14} {value}" for name, value in stats.items())


def _events_options(parser: ArgumentParser) -> None:
    parser.add_argument("--event", help="only this event")
    parser.add_argument("--account", help="only this account, by its external id")
    parser.add_argument("--from", dest="first", type=_iso_day, help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=_iso_day, help="last day, YYYY-MM-DD, itself included")
    parser.add_argument("--limit", type=int, default=100, help=f"at most so many, latest first (up to {MAX_EVENTS})")
    parser.add_argument("--count", action="store_true", help="only how many there are")


def _events(options: Mapping[str, Any], context: Context) -> Any:
    wanted = EventFilter(
        account_ids=[account_id(options["account"])] if options["account"] else None,
        event_ids=[_event_id(options["event"])] if options["event"] else None,
        first=_day(options["first"]),
        last=_day(options["last"]),
    )
    if options["count"]:
        return {"count": store().count_events(wanted)}
    rows = store().events(wanted, limit=max(1, min(options["limit"], MAX_EVENTS)))
    events = dict(EventType.objects.values_list("id", "name"))
    accounts = Account.objects.in_bulk({row.account_id for row in rows})
    identities = Identity.objects.filter(user__in={row.user_id for row in rows}).order_by("anonymous", "id")
    users: dict[int, str] = {}
    for identity in identities:
        users.setdefault(identity.user_id, identity.external_id)
    return [
        {
            "time": row.time.isoformat(),
            "event": events.get(row.event_id),
            "account": accounts[row.account_id].external_id if row.account_id in accounts else None,
            "user": users.get(row.user_id),
            "message_id": row.message_id.hex(),
            "properties": row.properties,
        }
        for row in rows
    ]


def _event_id(name: str) -> int:
    found = EventType.objects.filter(name=name).values_list("id", flat=True).first()
    if found is None:
        raise NoSuch(f"No event {name!r} has arrived.")
    return found


def _metric_options(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="a metric's key, or an expression such as 'count(search, 28)'")
    parser.add_argument("--day", type=_iso_day, required=True, help="YYYY-MM-DD")
    parser.add_argument("--account", help="only this account, by its external id")


def _metric(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    day = date.fromisoformat(options["day"])
    values = ask(options["name"], day, store=store(), zone=context.config.zone)
    found = {"metric": options["name"], "day": options["day"]}
    if options["account"]:
        return {**found, "account": options["account"], "value": values.get(account_id(options["account"]))}
    names = dict(Account.objects.filter(pk__in=values).values_list("id", "external_id"))
    return {**found, "values": {names[key]: value for key, value in values.items() if key in names}}


def _show_metric(found: dict[str, Any]) -> str:
    if "account" in found:
        return cell(found["value"])
    return table([{"account": account, found["metric"]: value} for account, value in found["values"].items()])


def _accounts_options(parser: ArgumentParser) -> None:
    parser.add_argument("--day", type=_iso_day, help="YYYY-MM-DD; the latest day with numbers when left out")


def _accounts(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    closed = store().closed_days()
    if closed is None:
        return []
    day = date.fromisoformat(options["day"]) if options["day"] else closed[1]
    explanations = explain(day, store())
    accounts = Account.objects.filter(pk__in=explanations).order_by("external_id")
    return [_account(account, explanations[account.pk]) for account in accounts]


def _account(account: Account, found: Explanation) -> dict[str, Any]:
    score = found.score
    return {
        "account": account.external_id,
        "name": account.name,
        "day": str(found.day),
        "health": {
            "score": score.score if score else None,
            "state": (score.state if score else HealthState.NOT_ENOUGH_DATA).name.lower(),
            "version": found.definition.version if found.definition else None,
            "provisional": found.definition.provisional if found.definition else None,
            "parts": [asdict(part) for part in score.parts] if score else [],
        },
        "metrics": dict(found.values),
    }


def _show_accounts(found: list[dict[str, Any]]) -> str:
    keys = ("active_users_28", "breadth", "depth", "days_since_last")
    return table(
        [
            {
                "account": each["account"],
                "name": each["name"],
                "state": each["health"]["state"],
                "score": each["health"]["score"],
                **{key: each["metrics"].get(key) for key in keys},
            }
            for each in found
        ]
    )


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COMMANDS = (
    Command("stats", "How much there is, and how far loading is.", no_options, _stats, _show_stats, reads=True),
    Command(
        "events",
        "List events, latest first.",
        _events_options,
        _events,
        lambda found: table(found) if isinstance(found, list) else str(found["count"]),
        reads=True,
    ),
    Command("metric", "A metric of accounts on a day.", _metric_options, _metric, _show_metric, reads=True),
    Command(
        "accounts",
        "Every account's health, its parts and metrics on a day.",
        _accounts_options,
        _accounts,
        _show_accounts,
        reads=True,
    ),
)
