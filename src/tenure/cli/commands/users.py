"""users, user exclude, user include: who uses an account's product, and who of them counts."""

from argparse import ArgumentParser
from collections.abc import Mapping
from functools import partial
from typing import Any

from tenure.accounts.exclusion import exclude_users, include_users, users_known_as
from tenure.accounts.merging.members import first_days_together, members_of
from tenure.accounts.models import Identity, User, UserLink
from tenure.cli.command import Command, Context, table
from tenure.cli.commands.reading import account_id
from tenure.lib import clock
from tenure.warehouse.current import store
from tenure.warehouse.store import UserUse

MOST_USERS = 100_000


def _users_options(parser: ArgumentParser) -> None:
    parser.add_argument("--account", required=True, help="of this account, by its external id")


def _users(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    account = account_id(options["account"])
    uses = {**_uses(account, context, excluded=False), **_uses(account, context, excluded=True)}
    linked = UserLink.objects.filter(account__in=members_of(account), user__merged_into=None).values_list(
        "user", flat=True
    )
    users = User.objects.in_bulk({*uses, *linked})
    known_as: dict[int, list[str]] = {}
    for user, identity in (
        Identity.objects.filter(user__in=users).order_by("anonymous", "pk").values_list("user", "external_id")
    ):
        known_as.setdefault(user, []).append(identity)
    order = [*uses, *sorted(users.keys() - uses.keys())]
    return [_user(users[pk], known_as.get(pk, []), uses.get(pk)) for pk in order if pk in users]


def _uses(account: int, context: Context, *, excluded: bool) -> dict[int, UserUse]:
    today = clock.today(context.config.zone)
    first = first_days_together(store().first_days()).get(account, today)
    _, found = store().account_users(account, first, today, limit=MOST_USERS, excluded=excluded)
    return {use.user_id: use for use in found}


def _user(user: User, known_as: list[str], use: UserUse | None) -> dict[str, Any]:
    return {
        "ids": known_as,
        "name": user.name,
        "email": user.email,
        "last_day": str(use.last_day) if use else None,
        "events": use.count if use else 0,
        "counted": user.excluded_at is None,
    }


def _show_users(found: list[dict[str, Any]]) -> str:
    return table([{**each, "ids": ", ".join(each["ids"][:3])} for each in found])


def _ids(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id the user is known by, as the sender writes it")


def _count(excluded: bool, options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    verb = exclude_users if excluded else include_users
    change = verb(users_known_as(options["ids"]), actor=None, store=store())
    return {"changed": len(change.before), "excluded": excluded}


def _show_count(done: dict[str, Any]) -> str:
    said = "not counted any more" if done["excluded"] else "counted again"
    return f"{done['changed']} {said}; all days are computed again in the background"


COMMANDS = (
    Command(
        "users",
        "The users of an account: when last seen, how many events, and whether they count.",
        _users_options,
        _users,
        _show_users,
        reads=True,
    ),
    Command(
        "user exclude",
        "Take users out of every count: staff, test people, service accounts.",
        _ids,
        partial(_count, True),
        _show_count,
    ),
    Command("user include", "Count users again.", _ids, partial(_count, False), _show_count),
)
