"""contacts: the people of customers one talks to."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from tenure.accounts.contacts.roles import NAMES, roles_of
from tenure.accounts.merging.members import members_of, survivors
from tenure.accounts.models import Account, Contact, Identity
from tenure.cli.command import Command, Context, table
from tenure.cli.commands.reading import account_id


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("--account", help="only those of this account, by its external id")


def _contacts(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    found = Contact.objects.filter(removed_at=None).order_by("account", "name", "pk")
    if options["account"]:
        found = found.filter(account__in=members_of(account_id(options["account"])))
    names = dict(Account.objects.values_list("pk", "external_id"))
    last = survivors()
    users = found.exclude(user=None).values("user")
    ids = dict(Identity.objects.filter(user__in=users).order_by("-anonymous", "-pk").values_list("user", "external_id"))
    return [
        {
            "id": contact.external_id or None,
            "account": names[last.get(contact.account_id, contact.account_id)],
            "name": contact.name,
            "title": contact.title or None,
            "roles": [NAMES[role] for role in roles_of(contact.roles)],
            "email": contact.email or None,
            "phones": contact.phones,
            "wechat": contact.wechat or None,
            "joined_on": contact.joined_on,
            "left_on": contact.left_on,
            "note": contact.note or None,
            "user": ids.get(contact.user_id) if contact.user_id else None,
            "source": contact.source or None,
        }
        for contact in found
    ]


def _show(found: list[dict[str, Any]]) -> str:
    keys = ("account", "name", "title", "roles", "email", "phones", "left_on")
    rows = [{key: ", ".join(each[key]) if isinstance(each[key], list) else each[key] for key in keys} for each in found]
    return table(rows)


COMMANDS = (
    Command(
        "contacts",
        "The contacts of an account, or all of them.",
        _options,
        _contacts,
        _show,
        where="here",
        reads=True,
    ),
)
