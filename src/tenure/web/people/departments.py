"""Departments: the tree, and changing it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tenure.lib.whole import whole
from tenure.people import departments
from tenure.people.access import departments_for
from tenure.people.models import Department, Member
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.web.people import choices


@dataclass(frozen=True)
class Branch:
    """A department with those below it. `members` are its own, active ones."""

    department: Department
    members: int
    below: list[Branch] = field(default_factory=list)


@require_GET
@page(Permission.SEE_MEMBERS)
def index(request: PageRequest) -> HttpResponse:
    """The tree of departments."""
    context = {
        "branches": _tree(request.member),
        "choices": choices.departments(request.member)[1:],
        "may_manage": allows(request.member, Permission.MANAGE_MEMBERS),
    }
    return render(request, "web/people/departments.html", context)


@require_POST
@page(Permission.MANAGE_MEMBERS)
def add(request: PageRequest) -> HttpResponse:
    """Adds a department, below `parent` where one is given."""
    with refusals_told(request):
        departments.add_department(request.POST.get("name", ""), _parent(request), actor=request.member)
        messages.success(request, _("Added."))
    return redirect("people:departments")


@require_POST
@page(Permission.MANAGE_MEMBERS)
def change(request: PageRequest, department_id: int, verb: str) -> HttpResponse:
    """Renames, moves or archives a department."""
    department = get_object_or_404(departments_for(request.member), pk=department_id)
    if verb not in ("rename", "move", "archive"):
        raise Http404
    with refusals_told(request):
        if verb == "rename":
            departments.rename_department(department, request.POST.get("name", ""), actor=request.member)
        elif verb == "move":
            departments.move_department(department, _parent(request), actor=request.member)
        else:
            departments.archive_department(department, actor=request.member)
        messages.success(request, _("Saved."))
    return redirect("people:departments")


def _parent(request: PageRequest) -> Department | None:
    key = whole(request.POST.get("parent", ""))
    return get_object_or_404(departments_for(request.member), pk=key) if key else None


def _tree(member: Member) -> list[Branch]:
    counted = departments_for(member).annotate(people=Count("members", filter=Q(members__is_active=True)))
    below: dict[int | None, list[Branch]] = defaultdict(list)
    branches = {each.pk: Branch(each, each.people) for each in counted.order_by("name")}
    for branch in branches.values():
        below[branch.department.parent_id].append(branch)
    for key, branch in branches.items():
        branch.below.extend(below[key])
    return below[None]
