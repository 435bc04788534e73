"""Routes of contacts, of the place of a customer among others, and of end users."""

from typing import Any

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact, mark_left, remove_contact
from tenure.accounts.models import AccountMerge, Contact
from tenure.lib import clock
from tests.web.routes.route import Route, account, ask, read, write
from tests.web.routes.world import LEADS_IT, MEMBERS, SEES, WORKS_ON_IT, World


def _added(world: World) -> Contact:
    return add_contact(world.account, Details("Ada Lovelace"), None)


def _contact(world: World) -> list[Any]:
    return [_added(world).pk]


def _left(world: World) -> list[Any]:
    contact = _added(world)
    mark_left(contact, clock.now().date(), None)
    return [contact.pk]


def _removed(world: World) -> list[Any]:
    contact = _added(world)
    remove_contact(contact, None)
    return [contact.pk]


def _undone_merge(world: World) -> list[Any]:
    """One that was undone before: a real one would take days out of the store that all tests share."""
    now = clock.now()
    merge = AccountMerge(merged=world.other, survivor=world.account, merged_at=now, undone_at=now)
    merge.save()
    return [merge.pk]


ROUTES: dict[str, Route] = {
    "contacts:list": read(MEMBERS),
    "contacts:create": write(WORKS_ON_IT, account, lambda world: {"name": "Grace Hopper"}),
    "contacts:contact": read(SEES, _contact),
    "contacts:leave": write(WORKS_ON_IT, _contact),
    "contacts:back": write(WORKS_ON_IT, _left),
    "contacts:remove": write(WORKS_ON_IT, _contact),
    "contacts:restore": write(WORKS_ON_IT, _removed),
    "contacts:move": write(WORKS_ON_IT, _contact, lambda world: {"account": world.other.external_id}),
    "customers:contacts": read(SEES, account),
    "customers:user": read(SEES, lambda world: [world.user()]),
    "customers:place": read(SEES, account),
    "customers:parent": write(LEADS_IT, account, lambda world: {"parent": world.other.external_id}),
    "customers:merge": read(LEADS_IT, account),
    "customers:merge_undo": ask(LEADS_IT, _undone_merge),
}
