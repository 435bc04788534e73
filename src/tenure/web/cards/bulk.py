"""One field of many customers at once, from the list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tenure.accounts.access import accounts_for
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.fields.reading import fields_by_key, may_edit
from tenure.accounts.fields.typed import read
from tenure.accounts.models import Account, Field
from tenure.lib.errors import TenureError
from tenure.lib.whole import wholes
from tenure.people.permissions import Permission
from tenure.ui.numbers import number
from tenure.ui.page import PageRequest, page, way_back
from tenure.web.cards.control import control_of, control_with
from tenure.web.cards.moments import start_of


@require_POST
@page(Permission.EDIT_FIELDS)
def choose_field(request: PageRequest) -> HttpResponse:
    """The form for the chosen customers (`account`, once for each); `field` names the field, else the first."""
    accounts, fields = _accounts(request), _fields(request)
    if not accounts or not fields:
        messages.error(
            request, _("Select at least one customer.") if fields else _("There is no field you may change.")
        )
        return redirect(way_back(request, "customers:list"))
    field = fields.get(request.POST.get("field", "")) or next(iter(fields.values()))
    return _form(request, accounts, fields, field)


@require_POST
@page(Permission.EDIT_FIELDS)
def set_field(request: PageRequest) -> HttpResponse:
    """Writes it; an error keeps what was typed."""
    accounts, fields = _accounts(request), _fields(request)
    field = fields.get(request.POST.get("field", ""))
    if not accounts or field is None:
        raise Http404
    try:
        value = read(field, request.POST.getlist("value"))
        start = start_of(request.POST.get("valid_from", ""), [account.pk for account in accounts], field.key)
        activity = set_fields(accounts, {field.key: value}, request.member, valid_from=start)
    except TenureError as error:
        return _form(request, accounts, fields, field, str(error))
    if activity is None:
        messages.success(request, _("It is so already."))
        return redirect(way_back(request, "customers:list"))
    count = activity.accounts.count()
    said = ngettext("%(field)s changed for %(count)s customer.", "%(field)s changed for %(count)s customers.", count)
    undo = reverse("cards:undo", args=[activity.pk])
    messages.success(request, said % {"field": field, "count": number(count)}, extra_tags=undo)
    return redirect(way_back(request, "customers:list"))


def _form(
    request: PageRequest, accounts: list[Account], fields: dict[str, Field], field: Field, problem: str = ""
) -> HttpResponse:
    shown = {
        "accounts": accounts,
        "some": [str(account) for account in accounts[:5]],
        "more": max(0, len(accounts) - 5),
        "fields": fields.values(),
        "field": field,
        "control": control_with(field, request.POST.getlist("value")) if problem else control_of(field, None),
        "problem": problem,
        "valid_from": request.POST.get("valid_from", ""),
        "next": request.POST.get("next", ""),
    }
    return render(request, "web/cards/bulk.html", shown, status=422 if problem else 200)


def _accounts(request: PageRequest) -> list[Account]:
    keys = wholes(request.POST.getlist("account"))
    return list(accounts_for(request.member).filter(pk__any_of=keys).order_by("name", "pk"))


def _fields(request: PageRequest) -> dict[str, Field]:
    return {key: field for key, field in fields_by_key().items() if may_edit(request.member, field)}
