"""Contacts: listing, reading, adding, changing and removing them."""

from typing import Annotated, Any

from ninja import Query, Router, Status
from pydantic import Field

from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.contacts.details import Details, search_needle
from tenure.accounts.contacts.verbs import add_contact, change_contact, move_contact, remove_contact, restore_contact
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Contact
from tenure.api.asked import Id, Text
from tenure.api.contacts.shown import ContactAdded, ContactChanged, ContactMoved, ContactShown, show_contact
from tenure.api.etags import check_match
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.within import account_of
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Contacts"])
WRITES = (Area.CONTACTS, Access.WRITE, Permission.EDIT_CONTACTS)


class Listed(Paged):
    account: Annotated[Id | None, Field(description="Only contacts of this customer.")] = None
    external_id: Annotated[Text, Field(max_length=200, description="Only contacts of this id.")] = ""
    search: Annotated[Text, Field(max_length=200, description="Part of a name, title, address or number.")] = ""


@router.get("/contacts", response=Page[ContactShown], summary="List contacts")
@needs(Area.CONTACTS)
def list_contacts(request: ApiRequest, asked: Query[Listed]) -> dict[str, Any]:
    """The contacts of the customers in sight, those known longest first; without removed ones."""
    found = contacts_for(request.member)
    if asked.account is not None:
        found = found.filter(account__in=members_of(account_of(request, asked.account).pk))
    if asked.external_id:
        found = found.filter(external_id=asked.external_id)
    if asked.search:
        found = found.filter(search_text__contains=search_needle(asked.search))
    return page_of(found, asked, lambda rows: [show_contact(each) for each in rows])


@router.post("/contacts", response={201: ContactShown}, summary="Add a contact")
@needs(*WRITES, single=True)
def create_contact(request: ApiRequest, body: ContactAdded) -> Status[ContactShown]:
    """A person at a customer."""
    account = account_of(request, body.account_id)
    return Status(201, show_contact(add_contact(account, body.details(), request.member, request.token.name)))


@router.get("/contacts/{id}", response=ContactShown, summary="Read a contact")
@needs(Area.CONTACTS, single=True)
def get_contact(request: ApiRequest, id: Id) -> ContactShown:
    """One contact."""
    return show_contact(_contact(request, id))


@router.patch("/contacts/{id}", response=ContactShown, summary="Change a contact")
@needs(*WRITES, single=True)
def update_contact(request: ApiRequest, id: Id, body: ContactChanged) -> ContactShown:
    """Writes what is sent; the rest stays."""
    contact = _contact(request, id)
    check_match(request, show_contact(contact))
    change_contact(contact, body.details(Details.of(contact)), request.member)
    return show_contact(contact)


@router.delete("/contacts/{id}", response={204: None}, summary="Remove a contact")
@needs(*WRITES)
def delete_contact(request: ApiRequest, id: Id) -> Status[None]:
    """Takes the contact out of sight; restoring undoes it."""
    remove_contact(_contact(request, id), request.member)
    return Status(204, None)


@router.put("/contacts/{id}/account", response=ContactShown, summary="Move a contact to another customer")
@needs(*WRITES, single=True)
def move_contact_to(request: ApiRequest, id: Id, body: ContactMoved) -> ContactShown:
    """They work for somebody else now; the user they are stays with the customer before."""
    contact = _contact(request, id)
    move_contact(contact, account_of(request, body.account_id), request.member)
    return show_contact(contact)


@router.post("/contacts/{id}/restoration", response=ContactShown, summary="Bring a removed contact back")
@needs(*WRITES)
def restore_removed_contact(request: ApiRequest, id: Id) -> ContactShown:
    """Undoes removing."""
    contact = _contact(request, id, removed=True)
    restore_contact(contact, request.member)
    return show_contact(contact)


def _contact(request: ApiRequest, key: int, *, removed: bool = False) -> Contact:
    return one(contacts_for(request.member, removed=removed).filter(pk=key))
