"""Adding and changing contacts in the drawer, noting who left, removing, moving, and taking it back."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from tenure.accounts.access import accounts_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.contacts.details import BadContact, Details
from tenure.accounts.contacts.duplicates import duplicates
from tenure.accounts.contacts.verbs import (
    add_contact,
    change_contact,
    mark_back,
    mark_left,
    move_contact,
    remove_contact,
    restore_contact,
)
from tenure.accounts.models import Account, Contact
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page, way_back
from tenure.web.contacts.form import ContactForm, initial_of, suggested_users
from tenure.web.contacts.history import told_history
from tenure.web.contacts.shown import contact_rows
from tenure.web.customers.parts import account_of

BY_HAND = "by hand"


@require_http_methods(["GET", "POST"])
@page(Permission.EDIT_CONTACTS)
def create(request: PageRequest, account_id: int) -> HttpResponse:
    """A new contact of an account."""
    account = account_of(request, account_id)
    form = ContactForm(account.pk, request.POST if request.method == "POST" else None)
    details = _checked(form)
    if details is None:
        return _drawer(request, account, form)
    if alike := _alike(request, account, details):
        return _drawer(request, account, form, alike=alike)
    add_contact(account, details, request.member, BY_HAND)
    return done(request, _("%(name)s was added.") % {"name": details.name})


@require_http_methods(["GET", "POST"])
@page(Permission.SEE_ACCOUNTS)
def contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """One contact: everything known, what was done with it, and the form to change it."""
    found = _contact(request, contact_id)
    if request.method == "GET" or not allows(request.member, Permission.EDIT_CONTACTS):
        return _drawer(
            request, found.account, ContactForm(found.account_id, None, initial_of(Details.of(found))), found
        )
    form = ContactForm(found.account_id, request.POST)
    details = _checked(form, found)
    if details is None:
        return _drawer(request, found.account, form, found)
    if alike := _alike(request, found.account, details, found.pk):
        return _drawer(request, found.account, form, found, alike)
    changed = change_contact(found, details, request.member)
    return done(request, _("Saved.") if changed else _("Nothing was changed."))


@require_POST
@page(Permission.EDIT_CONTACTS)
def leave(request: PageRequest, contact_id: int) -> HttpResponse:
    """Notes that a contact left on `day`; the as-of day when none is given."""
    found = _contact(request, contact_id)
    try:
        mark_left(found, _day(request.POST.get("day", ""), request.day), request.member)
    except BadContact as bad:
        messages.error(request, str(bad))
        return done(request)
    undo = reverse("contacts:back", args=[found.pk])
    return done(request, _("%(name)s left the customer.") % {"name": found.name}, undo)


@require_POST
@page(Permission.EDIT_CONTACTS)
def back(request: PageRequest, contact_id: int) -> HttpResponse:
    """They are at the customer again."""
    found = _contact(request, contact_id)
    mark_back(found, request.member)
    return done(request, _("%(name)s is at the customer.") % {"name": found.name})


@require_POST
@page(Permission.EDIT_CONTACTS)
def remove(request: PageRequest, contact_id: int) -> HttpResponse:
    found = _contact(request, contact_id)
    remove_contact(found, request.member)
    undo = reverse("contacts:restore", args=[found.pk])
    return done(request, _("%(name)s was removed.") % {"name": found.name}, undo)


@require_POST
@page(Permission.EDIT_CONTACTS)
def restore(request: PageRequest, contact_id: int) -> HttpResponse:
    found = get_object_or_404(contacts_for(request.member, removed=True), pk=contact_id)
    restore_contact(found, request.member)
    return done(request, _("%(name)s is back.") % {"name": found.name})


@require_POST
@page(Permission.EDIT_CONTACTS)
def move(request: PageRequest, contact_id: int) -> HttpResponse:
    """Moves a contact to the account whose id or whole name is `account`."""
    found, text = _contact(request, contact_id), request.POST.get("account", "").strip()
    accounts = accounts_for(request.member)
    target = accounts.filter(external_id=text).first() or accounts.filter(name=text).exclude(name="").first()
    if target is None:
        messages.error(request, _("There is no customer “%(text)s”.") % {"text": text[:80]})
        return done(request)
    move_contact(found, target, request.member)
    return done(request, _("%(name)s is a contact of %(account)s now.") % {"name": found.name, "account": target})


def done(request: PageRequest, said: str = "", undo: str = "") -> HttpResponse:
    """The page the person was on, again, with what was done in its corner."""
    if said:
        messages.success(request, said, extra_tags=undo)
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect(way_back(request, "contacts:list"))


def _contact(request: PageRequest, contact_id: int) -> Contact:
    return get_object_or_404(contacts_for(request.member).select_related("account", "user"), pk=contact_id)


def _checked(form: ContactForm, known: Contact | None = None) -> Details | None:
    """What was typed, when it can be kept; an id from another system stays."""
    if not form.is_bound or not form.is_valid() or form.details is None:
        return None
    if known is None:
        return form.details
    return Details(**{**vars(form.details), "external_id": known.external_id})


def _alike(request: PageRequest, account: Account, details: Details, but: int | None = None) -> list[Contact]:
    return [] if "anyway" in request.POST else duplicates(account.pk, details, but)


def _drawer(
    request: PageRequest,
    account: Account,
    form: ContactForm,
    known: Contact | None = None,
    alike: list[Contact] | None = None,
) -> HttpResponse:
    shown = {
        "account": account,
        "contact": known,
        "row": contact_rows([known], request.work_day)[0] if known else None,
        "form": form,
        "alike": alike,
        "users": suggested_users(account.pk),
        "history": told_history(known) if known else [],
        "may_edit": allows(request.member, Permission.EDIT_CONTACTS),
        "may_erase": known is not None and allows(request.member, Permission.ERASE_PERSONAL_DATA),
        "day": request.work_day,
    }
    template = "web/contacts/drawer.html" if request.htmx else "web/contacts/contact.html"
    return render(request, template, shown, status=422 if form.errors or alike else 200)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
