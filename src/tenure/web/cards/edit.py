"""One field, edited where it stands."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenure.accounts.as_of import facts_at
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.fields.reading import may_edit
from tenure.accounts.fields.typed import read
from tenure.accounts.models import Account, Field
from tenure.activity.models import Activity
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.cards.control import Control, control_of, control_with
from tenure.web.cards.moments import looking, start_of
from tenure.web.cards.shown import field_of
from tenure.web.customers.parts import account_of


@require_http_methods(["GET", "POST"])
@page(Permission.SEE_ACCOUNTS)
def field_part(request: PageRequest, pk: int, field_id: int) -> HttpResponse:
    """The field as it reads, `?edit=1` its input; a POST writes it. What was typed stays beside an error."""
    account = account_of(request, pk)
    field = get_object_or_404(Field, pk=field_id, archived_at=None)
    if request.method == "GET" and "edit" not in request.GET:
        return _read(request, account, field)
    if not may_edit(request.member, field):
        raise Http404
    if request.method == "GET":
        fact = facts_at(account.pk, looking(request).as_of).get(field.key)
        return _edit(request, account, field, control_of(field, fact.value if fact else None))
    try:
        value = read(field, request.POST.getlist("value"))
        start = start_of(request.POST.get("valid_from", ""), [account.pk], field.key)
        activity = set_fields([account], {field.key: value}, request.member, valid_from=start)
    except TenureError as error:
        return _edit(request, account, field, control_with(field, request.POST.getlist("value")), str(error))
    response = _read(request, account, field, activity, was_saved=True)
    if activity is not None:
        response["HX-Trigger"] = "field-saved"
    return response


def _read(
    request: PageRequest, account: Account, field: Field, activity: Activity | None = None, *, was_saved: bool = False
) -> HttpResponse:
    shown = {
        "account": account,
        "row": field_of(account, field, request.member, looking(request)),
        "focus": was_saved or "focus" in request.GET,
        "activity": activity,
        "said": _("Saved: %(field)s") % {"field": field},
    }
    return render(request, "web/cards/row.html", shown)


def _edit(request: PageRequest, account: Account, field: Field, control: Control, problem: str = "") -> HttpResponse:
    past = request.day if request.day < request.latest_day else None
    shown = {
        "account": account,
        "field": field,
        "control": control,
        "problem": problem,
        "valid_from": request.POST.get("valid_from", past.isoformat() if past else ""),
    }
    return render(request, "web/cards/edit.html", shown, status=422 if problem else 200)
