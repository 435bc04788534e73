"""Saying which users count, many at once, and taking that back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tenure.accounts import exclusion
from tenure.accounts.access import exclusion_changes_for, users_for
from tenure.accounts.models import Account, ExclusionChange
from tenure.lib.whole import wholes
from tenure.people.permissions import Permission
from tenure.ui.bulk import Bulk, Verb
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store

EXCLUDE, INCLUDE = "exclude", "include"


def users_bulk() -> Bulk:
    """What may be done with chosen users."""
    verbs = [Verb(_("Exclude from counts"), "verb", EXCLUDE), Verb(_("Count again"), "verb", INCLUDE)]
    return Bulk(reverse("customers:count_users"), "user", verbs)


def place_of_users(account: Account, request: PageRequest) -> str:
    """The address of the account's page at its users, as of the day in sight."""
    day = f"?day={request.day.isoformat()}" if request.GET.get("day") else ""
    return f"{reverse('customers:page', args=[account.pk])}{day}#users"


@require_POST
@page(Permission.EXCLUDE_USERS)
def count_users(request: PageRequest) -> HttpResponse:
    """Takes users (`user`, once for each) out of the counts or counts them again, as `verb` says."""
    verbs = {EXCLUDE: exclusion.exclude_users, INCLUDE: exclusion.include_users}
    verb = verbs.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    keys = wholes(request.POST.getlist("user"))
    users = list(users_for(request.member).filter(pk__any_of=keys))
    if not users:
        messages.error(request, _("Select at least one user."))
        return redirect(way_back(request, "customers:list"))
    change = verb(users, actor=request.member, store=store())
    undo = reverse("customers:count_users_undo", args=[change.pk])
    messages.success(request, _said(change), extra_tags=undo if change.before else "")
    return redirect(way_back(request, "customers:list"))


@require_POST
@page(Permission.EXCLUDE_USERS)
def undo(request: PageRequest, change_id: int) -> HttpResponse:
    """Takes one's own change of who is counted back."""
    change = get_object_or_404(exclusion_changes_for(request.member), pk=change_id)
    with refusals_told(request):
        exclusion.undo(change, actor=request.member, store=store())
        messages.success(request, _("Put back as it was."))
    back, _hash, _place = way_back(request, "customers:list").partition("#")
    return redirect(f"{back}#users")  # a toast cannot know the place on the page


def _said(change: ExclusionChange) -> str:
    count = len(change.before)
    if not count:
        return _("It is so already.")
    if change.excluded:
        done = ngettext("%(count)d user is not counted any more.", "%(count)d users are not counted any more.", count)
    else:
        done = ngettext("%(count)d user counts again.", "%(count)d users count again.", count)
    later = _("All days are computed again in the background.")
    return f"{done % {'count': count}} {later}"
