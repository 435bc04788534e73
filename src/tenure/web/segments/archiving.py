"""Archiving a segment, and putting it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.people.permissions import Permission
from tenure.segments.access import changeable_segments
from tenure.segments.saving import archive_segment, restore_segment
from tenure.ui.page import PageRequest, page


@require_POST
@page(Permission.SAVE_SEGMENTS)
def archive(request: PageRequest, pk: int) -> HttpResponse:
    """Takes the segment out of lists and menus; the toast takes that back."""
    segment = get_object_or_404(changeable_segments(request.member), pk=pk, archived_at=None)
    archive_segment(segment, actor=request.member)
    messages.success(request, _("Archived. Addresses that name it still work."), reverse("segments:restore", args=[pk]))
    return redirect("segments:list")


@require_POST
@page(Permission.SAVE_SEGMENTS)
def restore(request: PageRequest, pk: int) -> HttpResponse:
    """Puts it back."""
    segment = get_object_or_404(changeable_segments(request.member).exclude(archived_at=None), pk=pk)
    restore_segment(segment, actor=request.member)
    messages.success(request, _("Back in use."))
    return redirect("segments:segment", pk)
