"""The form that saves a segment and changes it, as a page and in the drawer of the customers list."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from tenure.people.permissions import Permission
from tenure.segments.access import changeable_segments
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.models import Segment
from tenure.segments.saving import BadSegment, change_segment, changes_by, put_back, save_segment
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told
from tenure.web.segments.editor import editor
from tenure.web.segments.filter import at_list, show_drawer
from tenure.web.segments.form import BadForm, Form, sharings


@require_http_methods(["GET", "POST"])
@page(Permission.SAVE_SEGMENTS)
def create(request: PageRequest) -> HttpResponseBase:
    """A new segment; `?condition=` is what it begins with. Out of the drawer, the list then shows it."""
    catalogue = read_catalogue()
    if request.method == "GET":
        return _form(request, catalogue, Form.read(request.GET.dict()))
    form = Form.read(request.POST.dict())
    show = show_drawer if request.htmx else _form
    try:
        segment = save_segment(form.draft(catalogue), actor=request.member)
    except BadForm as error:
        return show(request, catalogue, form, problem=str(error), path=error.path)
    except BadSegment as error:
        return show(request, catalogue, form, name_problem=str(error))
    messages.success(request, _("Saved as a segment."), reverse("segments:archive", args=[segment.pk]))
    if request.htmx:
        back = way_back(request, "customers:list")
        return HttpResponseClientRedirect(at_list(back, segment=str(segment.pk), condition=None))
    return redirect("segments:segment", segment.pk)


@require_http_methods(["GET", "POST"])
@page(Permission.SAVE_SEGMENTS)
def edit(request: PageRequest, pk: int) -> HttpResponseBase:
    """Changes one; the toast takes the change back."""
    segment = get_object_or_404(changeable_segments(request.member), pk=pk, archived_at=None)
    catalogue = read_catalogue()
    if request.method == "GET":
        return _form(request, catalogue, Form.of(segment), segment)
    form = Form.read(request.POST.dict())
    try:
        change = change_segment(segment, form.draft(catalogue), actor=request.member)
    except BadForm as error:
        return _form(request, catalogue, form, segment, problem=str(error), path=error.path)
    except BadSegment as error:
        segment.refresh_from_db()
        return _form(request, catalogue, form, segment, name_problem=str(error))
    if change is None:
        messages.success(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved."), reverse("segments:undo", args=[pk, change.pk]))
    return redirect("segments:segment", pk)


@require_POST
@page(Permission.SAVE_SEGMENTS)
def undo(request: PageRequest, pk: int, change: int) -> HttpResponse:
    """Takes a change of one's own back."""
    segment = get_object_or_404(changeable_segments(request.member), pk=pk)
    activity = get_object_or_404(changes_by(request.member), subject_id=pk, pk=change)
    with refusals_told(request):
        put_back(segment, activity, actor=request.member)
        messages.success(request, _("As before."))
    return redirect("segments:segment", pk)


def _form(
    request: PageRequest,
    catalogue: Catalogue,
    form: Form,
    segment: Segment | None = None,
    *,
    problem: str = "",
    path: str = "",
    name_problem: str = "",
) -> HttpResponse:
    shown = {
        "segment": segment,
        "form": form,
        "editor": editor(form.condition, catalogue, problem, path),
        "sharings": sharings(request.member, segment),
        "problem": problem,
        "name_problem": name_problem,
    }
    return render(request, "web/segments/form.html", shown, status=422 if problem or name_problem else 200)
