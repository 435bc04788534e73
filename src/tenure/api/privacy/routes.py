"""Everything held about a user or a contact, and erasing them."""

from typing import Annotated, Final

from django.http import StreamingHttpResponse
from ninja import Router, Schema
from pydantic import Field

from tenure.accounts.access import users_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.models import Contact, User
from tenure.api.asked import Body, Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.privacy.erasing import erase_contact, erase_user
from tenure.privacy.export import as_json, note_export
from tenure.privacy.person import Person, person_of_contact, person_of_user
from tenure.warehouse.current import store

router = Router(tags=["Personal data"])
READS = (Area.PERSONAL_DATA, Access.READ, Permission.ERASE_PERSONAL_DATA)
WRITES = (Area.PERSONAL_DATA, Access.WRITE, Permission.ERASE_PERSONAL_DATA)
DOCUMENT: Final = {"application/json": {"schema": {"type": "object", "additionalProperties": True}}}
ANSWER: Final = {"responses": {200: {"description": "Everything held, by what it is", "content": DOCUMENT}}}


class UserErased(Body):
    contacts: Annotated[bool, Field(description="Erase the contacts that are this user, too.")] = False


class ContactErased(Body):
    user: Annotated[bool, Field(description="Erase the user that this contact is, too.")] = False


class Erased(Schema):
    """`erased` is false where it was done before."""

    erased: bool


@router.get("/users/{id}/personal-data", summary="Take everything held about a user", openapi_extra=ANSWER)
@needs(*READS)
def take_user_data(request: ApiRequest, id: Id) -> StreamingHttpResponse:
    """Who took it is in the audit log."""
    return _document(request, person_of_user(_user(request, id)))


@router.get("/contacts/{id}/personal-data", summary="Take everything held about a contact", openapi_extra=ANSWER)
@needs(*READS)
def take_contact_data(request: ApiRequest, id: Id) -> StreamingHttpResponse:
    """Who took it is in the audit log."""
    return _document(request, person_of_contact(_contact(request, id)))


@router.post("/users/{id}/erasure", response=Erased, summary="Erase a user for good")
@needs(*WRITES)
def erase_user_data(request: ApiRequest, id: Id, body: UserErased) -> Erased:
    """From every table, file and event, and it does not come back with a rebuild or a restore. It cannot be undone."""
    return Erased(erased=erase_user(_user(request, id), request.member, store(), contacts=body.contacts))


@router.post("/contacts/{id}/erasure", response=Erased, summary="Erase a contact for good")
@needs(*WRITES)
def erase_contact_data(request: ApiRequest, id: Id, body: ContactErased) -> Erased:
    """From every table and file, and it does not come back with a restore. It cannot be undone."""
    return Erased(erased=erase_contact(_contact(request, id), request.member, store(), user=body.user))


def _user(request: ApiRequest, key: int) -> User:
    return one(users_for(request.member).filter(pk=key))


def _contact(request: ApiRequest, key: int) -> Contact:
    return one(contacts_for(request.member).select_related("user").filter(pk=key))


def _document(request: ApiRequest, person: Person) -> StreamingHttpResponse:
    note_export(person, request.member)
    return StreamingHttpResponse(as_json(person, store()), content_type="application/json; charset=utf-8")
