"""stats, events, metric, accounts: what Tenure knows, for people and as JSON."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from tenure.accounts.models import Account, Identity
from tenure.cli.command import Command, Context, no_options, table
from tenure.events.inbox.current import inbox
from tenure.events.models import EventType
from tenure.events.stats import read_stats
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
    return read_stats(store(), inbox())


def _show_stats(stats: dict[str, Any]) -> str:
    return "\n".join(f"{name:<14} {value}" for name, value in stats.items())


def _events_options(parser: ArgumentParser) -> None:
    parser.add_argument("--event", help="only this event")
    parser.add_argument("--account", help="only this account, by its external id")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, YYYY-MM-DD, itself included")
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


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


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
)
