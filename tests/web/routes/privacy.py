"""Routes of personal data."""

from typing import Any

from tenure.accounts.contacts.details import checked
from tenure.accounts.contacts.verbs import add_contact
from tests.web.routes.route import Route, read, write
from tests.web.routes.world import OPERATORS, World

WORD = {"word": "erase"}


def _user(world: World) -> list[Any]:
    return [world.user()]


def _contact(world: World) -> list[Any]:
    return [add_contact(world.account, checked({"name": "Ada Lovelace"}), None).pk]


ROUTES: dict[str, Route] = {
    "privacy:export_user": read(OPERATORS, _user),
    "privacy:export_contact": read(OPERATORS, _contact),
    "privacy:erase_user": write(OPERATORS, _user, lambda world: WORD),
    "privacy:erase_contact": write(OPERATORS, _contact, lambda world: WORD),
}
