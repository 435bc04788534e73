"""Removing a follow-up, and putting it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.fields.undoing import TakenBack
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.work.saved import answer
from tenure.work.access import follow_ups_for, may_edit, removed_follow_ups_for
from tenure.work.follow_ups import remove_follow_up, restore_follow_up


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def remove(request: PageRequest, pk: int) -> HttpResponse:
    """Takes a follow-up away, with the fields it set; the toast puts it back."""
    follow_up = get_object_or_404(follow_ups_for(request.member), pk=pk)
    if not may_edit(request.member, follow_up):
        raise Http404
    taken = remove_follow_up(follow_up, actor=request.member)
    said = [_("The follow-up is removed."), *_of_fields(taken, _("As before: %(fields)s."))]
    undo = reverse("work:restore", args=[pk])
    return answer(request, "\n".join(said), undo, close=True, fields=bool(taken.back))


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def restore(request: PageRequest, pk: int) -> HttpResponse:
    """Puts back what one removed oneself."""
    follow_up = get_object_or_404(removed_follow_ups_for(request.member), pk=pk)
    taken = restore_follow_up(follow_up, actor=request.member)
    said = [_("The follow-up is back."), *_of_fields(taken, _("Set again: %(fields)s."))]
    return answer(request, "\n".join(said), fields=bool(taken.back))


def _of_fields(taken: TakenBack, back: str) -> list[str]:
    """What became of the fields; `back` says it of those that changed, a sentence with %(fields)s."""
    told = (
        (back, taken.back),
        (_("Changed since, so it stays: %(fields)s."), taken.changed),
        (_("Not yours to change, so it stays: %(fields)s."), taken.locked),
    )
    return [text % {"fields": _(", ").join(names)} for text, names in told if names]
