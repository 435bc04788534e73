"""Taking back one's own change of who is in charge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import assignment_changes_for
from tenure.accounts.assignments import verbs
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told


@require_POST
@page(Permission.ASSIGN)
def undo(request: PageRequest, pk: int) -> HttpResponse:
    """Puts back what the change found."""
    change = get_object_or_404(assignment_changes_for(request.member), pk=pk)
    with refusals_told(request):
        verbs.undo(change, actor=request.member)
        messages.success(request, _("Put back as it was."))
    return redirect(way_back(request, "team:list"))
