"""Handing out what is held about a person, and erasing it once the word was typed."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import users_for
from tenure.accounts.contacts.access import contacts_for
from tenure.people.permissions import Permission
from tenure.privacy.erasing import erase_contact, erase_user
from tenure.privacy.export import as_json, note_export
from tenure.privacy.person import Person, person_of_contact, person_of_user
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.web.contacts.editing import done


@page(Permission.ERASE_PERSONAL_DATA)
def export_user(request: PageRequest, user_id: int) -> HttpResponseBase:
    return _document(request, person_of_user(get_object_or_404(users_for(request.member), pk=user_id)))


@page(Permission.ERASE_PERSONAL_DATA)
def export_contact(request: PageRequest, contact_id: int) -> HttpResponseBase:
    return _document(request, person_of_contact(get_object_or_404(contacts_for(request.member), pk=contact_id)))


@require_POST
@page(Permission.ERASE_PERSONAL_DATA)
def erase_a_user(request: PageRequest, user_id: int) -> HttpResponse:
    """Erases the user, with `also` their contacts, when the `word` is right."""
    user = get_object_or_404(users_for(request.member), pk=user_id)
    if not _is_meant(request):
        return done(request)
    erase_user(user, request.member, store(), contacts="also" in request.POST)
    return done(request, _said())


@require_POST
@page(Permission.ERASE_PERSONAL_DATA)
def erase_a_contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """Erases the contact, with `also` the user they are, when the `word` is right."""
    contact = get_object_or_404(contacts_for(request.member).select_related("user"), pk=contact_id)
    if not _is_meant(request):
        return done(request)
    erase_contact(contact, request.member, store(), user="also" in request.POST)
    return done(request, _said())


def _said() -> str:
    return _("Erased. Kept events follow in the background.")


def _is_meant(request: PageRequest) -> bool:
    """Whether the word was typed; says so when it was not."""
    word = _("erase")
    if request.POST.get("word", "").strip().casefold() == word.casefold():
        return True
    messages.error(request, _("Nothing was erased: type the word “%(word)s” to do it.") % {"word": word})
    return False


def _document(request: PageRequest, person: Person) -> HttpResponseBase:
    note_export(person, request.member)
    response = StreamingHttpResponse(as_json(person, store()), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    return response
