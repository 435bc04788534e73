"""The drawer that saves the list as one sees it, and changes the view one is in."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.lib.whole import whole
from tenure.people.permissions import Permission, allows
from tenure.segments.access import changeable_views, views_for
from tenure.segments.models import FirstView, Sharing, View
from tenure.segments.saving import BadSegment
from tenure.segments.views.saving import (
    COLUMNS,
    archive_view,
    begin_with,
    change_view,
    restore_view,
    save_view,
)
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.web.segments.form import sharings
from tenure.web.views.tabs import ALL, PARAMETER, address_of


@require_GET
@page(Permission.SEE_ACCOUNTS)
def drawer(request: PageRequest) -> HttpResponse:
    """For the list behind it: `address`, else the one the browser shows."""
    address = request.GET.get("address", "") or request.htmx.current_url or ""
    query = QueryDict(urlsplit(address).query)
    view = views_for(request.member).filter(archived_at=None, pk=whole(query.get(PARAMETER, "")) or 0).first()
    shown = {
        "query": _with_columns(request, query).urlencode(),
        "view": view,
        "changeable": view is not None and changeable_views(request.member).filter(pk=view.pk).exists(),
        "first": view is not None and FirstView.objects.filter(member=request.member, view=view).exists(),
        "sharings": sharings(request.member),
        "may_save": allows(request.member, Permission.SAVE_SEGMENTS),
        "view_sharings": sharings(request.member, view) if view else (),
    }
    return render(request, "web/views/drawer.html", shown)


@require_POST
@page(Permission.SAVE_SEGMENTS)
def create(request: PageRequest) -> HttpResponse:
    """A new view of what `query` asks for."""
    name, query = request.POST.get("name", ""), dict(QueryDict(request.POST.get("query", "")).lists())
    with refusals_told(request):
        view = save_view(name, query, _sharing(request), actor=request.member)
        messages.success(request, _("Saved as a view."), reverse("views:archive", args=[view.pk]))
        return redirect(address_of(view))
    return redirect(f"{reverse('customers:list')}?{request.POST.get('query', '')}")


@require_POST
@page(Permission.SAVE_SEGMENTS)
def update(request: PageRequest, pk: int) -> HttpResponse:
    """Makes the view what `query` asks for."""
    query = dict(QueryDict(request.POST.get("query", "")).lists())
    return _change(request, pk, lambda view: change_view(view, query=query, actor=request.member))


@require_POST
@page(Permission.SAVE_SEGMENTS)
def rename(request: PageRequest, pk: int) -> HttpResponse:
    """Its name, and who sees it."""
    name, sharing = request.POST.get("name", ""), _sharing(request)
    return _change(request, pk, lambda view: change_view(view, name=name, sharing=sharing, actor=request.member))


@require_POST
@page(Permission.SAVE_SEGMENTS)
def archive(request: PageRequest, pk: int) -> HttpResponse:
    """Takes it away; the toast brings it back."""
    view = get_object_or_404(changeable_views(request.member), pk=pk, archived_at=None)
    archive_view(view, actor=request.member)
    messages.success(request, _("The view is deleted."), reverse("views:restore", args=[pk]))
    return redirect(f"{reverse('customers:list')}?{PARAMETER}={ALL}")


@require_POST
@page(Permission.SAVE_SEGMENTS)
def restore(request: PageRequest, pk: int) -> HttpResponse:
    """Brings it back."""
    view = get_object_or_404(changeable_views(request.member).exclude(archived_at=None), pk=pk)
    restore_view(view, actor=request.member)
    messages.success(request, _("The view is back."))
    return redirect(address_of(view))


@require_POST
@page(Permission.SEE_ACCOUNTS)
def begin(request: PageRequest, pk: int) -> HttpResponse:
    """The list opens in this view from now on, or no longer."""
    view = get_object_or_404(views_for(request.member), pk=pk, archived_at=None)
    if FirstView.objects.filter(member=request.member, view=view).exists():
        begin_with(None, actor=request.member)
        messages.success(request, _("The list opens with all customers."))
    else:
        begin_with(view, actor=request.member)
        messages.success(request, _("The list opens in this view."))
    return redirect(address_of(view))


def _change(request: PageRequest, pk: int, verb: Callable[[View], object]) -> HttpResponse:
    view = get_object_or_404(changeable_views(request.member), pk=pk, archived_at=None)
    try:
        verb(view)
        messages.success(request, _("Saved."))
    except BadSegment as error:
        messages.error(request, str(error))
        view.refresh_from_db()
    return redirect(address_of(view))


def _sharing(request: PageRequest) -> Sharing:
    asked = request.POST.get("sharing", "")
    return Sharing(asked) if asked in Sharing.values else Sharing.PRIVATE


def _with_columns(request: PageRequest, query: QueryDict) -> QueryDict:
    """Columns that were chosen before, and so are not in the address, are part of what one sees."""
    query = query.copy()
    if COLUMNS not in query and (chosen := request.session.get("columns:customers")):
        query.setlist(COLUMNS, chosen)
    return query
