"""Taking a change of fields back, from the toast that told of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import check_sees_all_of
from tenure.accounts.fields import editing
from tenure.accounts.fields.undoing import undo as take_back
from tenure.activity.models import Activity
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told

_VERBS = (editing.SET.name, editing.CORRECTED.name, editing.WITHDRAWN.name)


@require_POST
@page(Permission.EDIT_FIELDS)
def undo(request: PageRequest, activity_id: int) -> HttpResponse:
    """One's own change of accounts one still sees."""
    own = Activity.objects.filter(actor=request.member, verb__in=_VERBS)
    activity = get_object_or_404(own, pk=activity_id)
    with refusals_told(request):
        check_sees_all_of(activity, request.member)
        take_back(activity, request.member)
        messages.success(request, _("Put back as it was."))
    return redirect(way_back(request, "customers:list"))
