"""Removing a follow-up, and putting it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.work.saved import answer
from tenure.work.access import follow_ups_for, may_edit, removed_follow_ups_for
from tenure.work.follow_ups import remove_follow_up, restore_follow_up


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def remove(request: PageRequest, pk: int) -> HttpResponse:
    """Takes a follow-up away; the toast puts it back."""
    follow_up = get_object_or_404(follow_ups_for(request.member), pk=pk)
    if not may_edit(request.member, follow_up):
        raise Http404
    remove_follow_up(follow_up, actor=request.member)
    return answer(request, _("The follow-up is removed."), reverse("work:restore", args=[pk]), close=True)


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def restore(request: PageRequest, pk: int) -> HttpResponse:
    """Puts back what one removed oneself."""
    restore_follow_up(get_object_or_404(removed_follow_ups_for(request.member), pk=pk), actor=request.member)
    return answer(request, _("The follow-up is back."))
