"""personal-data user|contact, erase user|contact: what is held about a person, and letting go of it."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from functools import partial
from typing import Any

from tenure.cli.command import Command, Context
from tenure.events.inbox.current import inbox
from tenure.lib.errors import TenureError
from tenure.privacy.erasing import erase_contact, erase_user
from tenure.privacy.export import as_json, note_export
from tenure.privacy.person import Person, contact_known_as, person_of_contact, person_of_user, user_known_as
from tenure.privacy.sweep import sweep
from tenure.warehouse.current import store

_KNOWN_AS = {
    "user": "an id the user is known by, as the sender writes it",
    "contact": "the contact's id in its system, e-mail address, or #number",
}


def _person(kind: str, text: str) -> Person:
    return person_of_user(user_known_as(text)) if kind == "user" else person_of_contact(contact_known_as(text))


def _id_option(kind: str, parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=_KNOWN_AS[kind])


def _show_data(kind: str, options: Mapping[str, Any], context: Context) -> Any:
    person = _person(kind, options["id"])
    note_export(person, None)
    return json.loads("".join(as_json(person, store())))


def _erase_options(kind: str, parser: ArgumentParser) -> None:
    _id_option(kind, parser)
    parser.add_argument("--yes", action="store_true", help="do it: it cannot be undone")
    also = {"user": ("--contacts", "also the contacts that are this user"), "contact": ("--user", "also their user")}
    name, help = also[kind]
    parser.add_argument(name, action="store_true", help=help, dest="also")


def _erase(kind: str, options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    if not options["yes"]:
        raise TenureError("Nothing was done. This cannot be undone; say --yes to do it.")
    if kind == "user":
        erased = erase_user(user_known_as(options["id"]), None, store(), contacts=options["also"])
    else:
        erased = erase_contact(contact_known_as(options["id"]), None, store(), user=options["also"])
    context.load()
    return {"erased": erased, **sweep(inbox(), store(), context.config, context.progress)}


def _show_erased(done: dict[str, Any]) -> str:
    return f"Erased. {done['bodies']:,} kept bodies were rewritten and {done['events']:,} events emptied."


COMMANDS = tuple(
    command
    for kind in ("user", "contact")
    for command in (
        Command(
            f"personal-data {kind}",
            f"Everything held about a {kind}, as one JSON document.",
            partial(_id_option, kind),
            partial(_show_data, kind),
            lambda found: json.dumps(found, ensure_ascii=False, indent=1),
            reads=True,
        ),
        Command(
            f"erase {kind}",
            f"Erase the personal data of a {kind} everywhere; counts and reports stay as they are.",
            partial(_erase_options, kind),
            partial(_erase, kind),
            _show_erased,
        ),
    )
)
