"""Members: who they are, what they may do and see, and changing that."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.lib.ordering import by
from tenure.lib.whole import whole
from tenure.people import members, second_factor
from tenure.people.access import departments_for, invitations_for, members_for
from tenure.people.models import Member, Role, Scope
from tenure.people.passwords import make_link_key
from tenure.people.permissions import Permission, allows
from tenure.people.scope import scope_of
from tenure.people.second_factor import with_second_factor
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState
from tenure.web.people.choices import departments, roles_for, scopes

COLUMNS = [
    Column("name", gettext_lazy("Member")),
    Column("role", gettext_lazy("Role")),
    Column("department", gettext_lazy("Department")),
    Column("scope", gettext_lazy("Sees"), sort=False),
    Column("last_seen", gettext_lazy("Last seen"), kind="moment"),
    Column("second_factor", gettext_lazy("Two-factor"), sort=False),
    Column("state", gettext_lazy("Status"), sort=False),
    Column("joined", gettext_lazy("Joined"), kind="moment", shown=False),
]
_ORDER = {
    "name": "name",
    "role": "role",
    "department": "department__name",
    "last_seen": "last_seen_at",
    "joined": "joined_at",
}


@require_GET
@page(Permission.SEE_MEMBERS)
def index(request: PageRequest) -> HttpResponse:
    """Who uses Tenure, or used to."""
    state, active, ended, ordered = _asked(request)
    show_ended = _shows_ended(request)
    chips = [
        Chip(_("Active"), active.count(), state.url(show=None), active=not show_ended),
        Chip(_("Access ended"), ended.count(), state.url(show="ended"), active=show_ended),
    ]
    rows = [_row(each) for each in with_second_factor(ordered)[state.offset : state.offset + state.limit]]
    empty = Empty(_("Nobody here"), _("Members whose access has ended are listed here."), icon="users")
    table = Table(
        state,
        rows,
        ordered.count(),
        empty,
        export=export_url(request, MEMBERS, state),
        chips=chips,
        search_hint=_("Name, e-mail or department"),
    )
    context = {
        "invitations": invitations_for(request.member).order_by("-invited_at"),
        "may_manage": allows(request.member, Permission.MANAGE_MEMBERS),
        "may_secure": allows(request.member, Permission.SET_SECURITY),
        "required": second_factor.is_required(),
    }
    return table.respond(request, "web/people/members.html", context)


def every_member(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, _active, _ended, ordered = _asked(request)
    return Listed(state, ordered.count(), map(_row, with_second_factor(ordered).iterator()))


MEMBERS = register(Listing("members", gettext_lazy("Members"), Permission.SEE_MEMBERS, "people:members", every_member))

Members = QuerySet[Member]


def _asked(request: PageRequest) -> tuple[TableState, Members, Members, Members]:
    """The table, who is active, whose access has ended, and those of them that are asked for in their order."""
    state = TableState.read(request, "members", COLUMNS, sort="name")
    everybody = members_for(request.member)
    active, ended = everybody.filter(is_active=True), everybody.filter(is_active=False)
    found = _search(ended if _shows_ended(request) else active, state.search)
    ordered = found.order_by(by(Member, _ORDER[state.sort], descending=state.descending), "pk")
    return state, active, ended, ordered


def _shows_ended(request: PageRequest) -> bool:
    return request.GET.get("show") == "ended"


@require_GET
@page(Permission.SEE_MEMBERS)
def detail(request: PageRequest, member_id: int) -> HttpResponse:
    """One member."""
    return _show(request, _member(request, member_id))


@require_POST
@page(Permission.MANAGE_MEMBERS)
def change(request: PageRequest, member_id: int, verb: str) -> HttpResponse:
    """Does one thing with a member and goes back to their page."""
    member = _member(request, member_id)
    if verb == "password-link":
        return _password_link(request, member)
    do = _VERBS.get(verb)
    if do is None:
        raise Http404
    with refusals_told(request):
        messages.success(request, do(request, member))
    return redirect("people:member", member.pk)


@require_POST
@page(Permission.SET_SECURITY)
def require_second_factor(request: PageRequest) -> HttpResponse:
    """Requires two-factor sign-in of everyone, or leaves it to each."""
    with refusals_told(request):
        second_factor.set_required(request.POST.get("required") == "1", actor=request.member)
        messages.success(request, _("Saved."))
    return redirect("people:members")


def _member(request: PageRequest, member_id: int) -> Member:
    return get_object_or_404(with_second_factor(members_for(request.member)), pk=member_id)


def _show(request: PageRequest, member: Member, password_link: str = "") -> HttpResponse:
    manages = allows(request.member, Permission.MANAGE_MEMBERS)
    oneself = member.pk == request.member.pk
    context = {
        "member": member,
        "row": _row(member).cells,
        "scope": scope_of(member).label,
        "may_manage": manages and not oneself,
        "oneself": oneself,
        "roles": roles_for(request.member),
        "scopes": scopes(Role(member.role)),
        "departments": departments(request.member),
        "department": str(member.department_id or ""),
        "password_link": password_link,
        "hand_over": _hand_over(member),
        "sees_audit": allows(request.member, Permission.SEE_AUDIT),
    }
    return render(request, "web/people/member.html", context)


def _password_link(request: PageRequest, member: Member) -> HttpResponse:
    # Shown in the answer itself: a link like this belongs into no address and no session.
    with refusals_told(request):
        uid, key = make_link_key(member, actor=request.member)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
        return _show(request, member, password_link=request.build_absolute_uri(path))
    return redirect("people:member", member.pk)


def _role(request: PageRequest, member: Member) -> str:
    wanted = request.POST.get("role", "")
    if wanted not in Role.values:
        raise Http404
    members.change_role(member, Role(wanted), actor=request.member)
    return _("Saved.")


def _scope(request: PageRequest, member: Member) -> str:
    wanted = request.POST.get("scope", "")
    if wanted and wanted not in Scope.values:
        raise Http404
    members.change_scope(member, Scope(wanted) if wanted else None, actor=request.member)
    return _("Saved.")


def _department(request: PageRequest, member: Member) -> str:
    key = whole(request.POST.get("department", ""))
    department = get_object_or_404(departments_for(request.member), pk=key) if key else None
    members.change_department(member, department, actor=request.member)
    return _("Saved.")


def _deactivate(request: PageRequest, member: Member) -> str:
    members.deactivate(member, actor=request.member)
    return _("The access of %(name)s has ended, on every device.") % {"name": member}


def _reactivate(request: PageRequest, member: Member) -> str:
    members.reactivate(member, actor=request.member)
    return _("%(name)s has access again.") % {"name": member}


def _second_factor(request: PageRequest, member: Member) -> str:
    second_factor.take_away(member, actor=request.member)
    return _("%(name)s signs in with the password alone until they set up a second factor again.") % {"name": member}


_VERBS: dict[str, Callable[[PageRequest, Member], str]] = {
    "role": _role,
    "scope": _scope,
    "department": _department,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "second-factor": _second_factor,
}


def _search(found: QuerySet[Member], text: str) -> QuerySet[Member]:
    if not text:
        return found
    by_name = found.filter(name__icontains=text)
    return by_name | found.filter(email__icontains=text) | found.filter(department__name__icontains=text)


def _row(member: Member) -> Row:
    href = reverse("people:member", args=[member.pk])
    has = getattr(member, "has_second_factor", False)
    return Row(
        {
            "name": Link(str(member), href, sub=member.email),
            "role": member.get_role_display(),
            "department": member.department.name if member.department else None,
            "scope": scope_of(member).label,
            "last_seen": member.last_seen_at,
            "second_factor": Badge(_("On"), "healthy") if has else Badge(_("Off")),
            "state": Badge(_("Active"), "accent") if member.is_active else Badge(_("Access ended")),
            "joined": member.joined_at,
        },
        href=href,
    )


def _hand_over(member: Member) -> str:
    """Where the accounts of somebody who leaves are handed over; empty where there is no such page."""
    try:
        return reverse("team:hand_over", args=[member.pk])
    except NoReverseMatch:
        return ""
