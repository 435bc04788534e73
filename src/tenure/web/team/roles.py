"""The settings page of the roles in charge, and of who gets new accounts in each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.accounts.access import successors_for
from tenure.accounts.assignments import roles as verbs
from tenure.accounts.assignments.new_accounts import end_rule, set_rule
from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.models import AssignmentRole, AssignmentRule, Way
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told


@dataclass(frozen=True)
class RoleShown:
    """A role with its rule: `way` empty is none, `members` are the keys of those who get new accounts."""

    role: AssignmentRole
    chinese: str
    way: str
    members: frozenset[int]


@require_GET
@page(Permission.MANAGE_ASSIGNMENT)
def roles(request: PageRequest) -> HttpResponse:
    rules = {rule.role_id: rule for rule in AssignmentRule.objects.prefetch_related("members")}
    shown = {
        "roles": [_shown(role, rules.get(role.pk)) for role in roles_in_use()],
        "archived": AssignmentRole.objects.exclude(archived_at=None),
        "team": successors_for(request.member).order_by("name", "email"),
        "ways": Way.choices,
    }
    return render(request, "web/team/roles.html", shown)


@require_POST
@page(Permission.MANAGE_ASSIGNMENT)
def add(request: PageRequest) -> HttpResponse:
    """Adds a role of `name` and `chinese`; with `several`, any number of members at a time."""
    with refusals_told(request):
        name, chinese = request.POST.get("name", ""), request.POST.get("chinese", "")
        role = verbs.add_role(name, chinese, request.member, several="several" in request.POST)
        messages.success(request, _("%(role)s was added.") % {"role": role})
    return redirect("assignment:roles")


@require_POST
@page(Permission.MANAGE_ASSIGNMENT)
def rename(request: PageRequest, key: str) -> HttpResponse:
    role = get_object_or_404(AssignmentRole, key=key)
    with refusals_told(request):
        verbs.rename_role(role, request.POST.get("name", ""), request.POST.get("chinese", ""), request.member)
        messages.success(request, _("Saved."))
    return redirect("assignment:roles")


@require_POST
@page(Permission.MANAGE_ASSIGNMENT)
def archive(request: PageRequest, key: str) -> HttpResponse:
    role = get_object_or_404(AssignmentRole, key=key, archived_at=None)
    with refusals_told(request):
        verbs.archive_role(role, request.member)
        undo = reverse("assignment:restore", args=[key])
        messages.success(request, _("%(role)s is not used any more.") % {"role": role}, extra_tags=undo)
    return redirect("assignment:roles")


@require_POST
@page(Permission.MANAGE_ASSIGNMENT)
def restore(request: PageRequest, key: str) -> HttpResponse:
    verbs.restore_role(get_object_or_404(AssignmentRole.objects.exclude(archived_at=None), key=key), request.member)
    return redirect("assignment:roles")


@require_POST
@page(Permission.MANAGE_ASSIGNMENT)
def rule(request: PageRequest, key: str) -> HttpResponse:
    """Has new accounts assigned in the role by `way` among `members`; without a way, by nobody."""
    role = get_object_or_404(AssignmentRole, key=key, archived_at=None)
    way, wanted = request.POST.get("way", ""), set(request.POST.getlist("members"))
    members = [member for member in successors_for(request.member).order_by("pk") if str(member.pk) in wanted]
    if way not in Way.values:
        end_rule(role, request.member)
        messages.success(request, _("New customers wait until somebody puts a member in charge."))
    elif not members:
        messages.error(request, _("Choose who gets the new customers."))
    else:
        set_rule(role, Way(way), members, request.member)
        messages.success(request, _("New customers get somebody in charge by themselves from now on."))
    return redirect("assignment:roles")


def _shown(role: AssignmentRole, rule: AssignmentRule | None) -> RoleShown:
    members = frozenset(member.pk for member in rule.members.all()) if rule else frozenset()
    return RoleShown(role, role.names.get(verbs.CHINESE, ""), rule.way if rule else "", members)
