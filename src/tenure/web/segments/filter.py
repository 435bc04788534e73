"""The drawer in which a list is filtered by a condition of the moment, and the condition saved as a segment."""

from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from tenure.core.conditions.document import to_document
from tenure.core.conditions.tree import EVERYONE
from tenure.people.permissions import Permission, allows
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.ui.page import PageRequest, page, way_back
from tenure.web.customers.condition import CONDITION, too_long
from tenure.web.segments.editor import compact, editor
from tenure.web.segments.form import BadForm, Form, sharings


@require_http_methods(["GET", "POST"])
@page(Permission.SEE_ACCOUNTS)
def filter_drawer(request: PageRequest) -> HttpResponseBase:
    """The editor with the list's condition in it; a POST leads to the list that shows what the condition means."""
    catalogue = read_catalogue()
    if request.method == "GET":
        return show_drawer(request, catalogue, Form.read(request.GET.dict()))
    form = Form.read(request.POST.dict())
    try:
        node = form.draft(catalogue).condition
    except BadForm as error:
        return show_drawer(request, catalogue, form, problem=str(error), path=error.path)
    text = compact(to_document(node))
    if too_long(text):
        problem = _("This is too long for an address. Save it as a segment: the list then names the segment.")
        return show_drawer(request, catalogue, form, problem=problem)
    back = way_back(request, "customers:list")
    target = at_list(back, **{CONDITION: text if node != EVERYONE else None})
    return HttpResponseClientRedirect(target) if request.htmx else redirect(target)


def show_drawer(
    request: PageRequest, catalogue: Catalogue, form: Form, *, problem: str = "", path: str = "", name_problem: str = ""
) -> HttpResponse:
    """The drawer's content."""
    shown = {
        "form": form,
        "editor": editor(form.condition, catalogue, problem, path),
        "sharings": sharings(request.member),
        "may_save": allows(request.member, Permission.SAVE_SEGMENTS),
        "back": _back(request),
        "problem": problem,
        "name_problem": name_problem,
    }
    return render(request, "web/segments/filter.html", shown, status=422 if problem or name_problem else 200)


def at_list(address: str, **changes: str | None) -> str:
    """The list's address with some parameters changed, on its first page."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query.pop("page", None)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"{parts.path}?{query.urlencode()}" if query else parts.path


def _back(request: PageRequest) -> str:
    """The address of the list the drawer was opened from."""
    asked = request.POST.get("next", "") or request.GET.get("back", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("customers:list")
