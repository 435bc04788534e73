"""The people in charge of a customer: who, in which role, since when, who before; and changing it in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.db.models import DateTimeField, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import may_change_charge, successors_for, team_of
from tenure.accounts.assignments.reading import at, moment_of, roles_in_use
from tenure.accounts.assignments.verbs import assign, unassign
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Assignment, AssignmentRole
from tenure.lib.compiled import Compiled, Given
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.web.customers.parts import account_of


@dataclass(frozen=True)
class RoleHeld:
    """A role of the account: who is in charge, who was before, latest first, and whether the person may change it.

    `merged` are those in charge of accounts that were merged into it, as far as they are not in `now`; `before` has
    those of both, and those whose assignment was taken back.
    """

    role: AssignmentRole
    now: Sequence[Assignment]
    merged: Sequence[Assignment]
    before: Sequence[Assignment]
    changeable: bool


#: What is told of a turn.
_SHOWN: Final = (
    "role_id", "since", "until", "account__name", "account__external_id", "member__name", "member__email",
    "began__reason", "began__by__name", "began__by__email", "withdrawn__undone_at",
)  # fmt: skip


def in_charge(request: PageRequest, account: Account) -> list[RoleHeld]:
    """Every role in use, as of the request's day; the past is not changed here."""
    moment = moment_of(request.day, request.latest_day, settings.CONFIG.zone)
    by_role: dict[int, list[Assignment]] = {}
    for each in _TURNS.ask(accounts=members_of(account.pk), before=moment or _NEVER):
        by_role.setdefault(each.role_id, []).append(each)
    may_assign = moment is None and allows(request.member, Permission.ASSIGN)
    over = team_of(request.member) if may_assign else frozenset()
    held = [_held(account, role, by_role.get(role.pk, []), moment) for role in roles_in_use()]
    return [replace(each, changeable=may_assign and _may_change(each, over)) for each in held]


def _turns() -> QuerySet[Assignment]:
    turns = Assignment.recorded.filter(_told(), account__any_of=Given("accounts"))
    turns = turns.select_related("account", "member", "began__by", "withdrawn").only(*_SHOWN)
    return turns.filter(since__lt=Given("before", DateTimeField())).order_by("-since", "-pk")


_TURNS: Final = Compiled(_turns)
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


def _told() -> Q:
    """What counts, and what was begun and taken back; not what ended by a change that was taken back: it goes on."""
    return Q(withdrawn=None) | Q(ended=None)


def _held(account: Account, role: AssignmentRole, turns: Sequence[Assignment], moment: datetime | None) -> RoleHeld:
    held = [each for each in turns if each.withdrawn is None and _holds(each, moment)]
    now = [each for each in held if each.account_id == account.pk]
    taken = {each.member_id for each in now}
    return RoleHeld(
        role,
        now=now[::-1],
        merged=[each for each in held[::-1] if each.member_id not in taken],
        before=[each for each in turns if each not in held],
        changeable=False,
    )


def _may_change(held: RoleHeld, over: frozenset[int] | None) -> bool:
    """A role of one ends the turn of whoever holds it: somebody whose book the person must see."""
    return over is None or held.role.several or {each.member_id for each in held.now} <= over


def _holds(turn: Assignment, moment: datetime | None) -> bool:
    return turn.until is None or (moment is not None and turn.until >= moment)


@page(Permission.ASSIGN)
def successors(request: PageRequest, pk: int, role: str) -> HttpResponse:
    """Who may be put in charge, as options: asked for when the menu is opened, there may be hundreds."""
    account = account_of(request, pk)
    held = at(None).filter(account=account, role=get_object_or_404(AssignmentRole, key=role, archived_at=None))
    found = successors_for(request.member).exclude(pk__in=held.values("member")).order_by("name", "email")
    return render(request, "web/customers/_successors.html", {"successors": found})


@require_POST
@page(Permission.ASSIGN)
def change_in_charge(request: PageRequest, pk: int) -> HttpResponse:
    """Puts `member` in charge in `role`, or takes the member `off` it, also of what was merged into the account."""
    account = account_of(request, pk)
    role = get_object_or_404(AssignmentRole, key=request.POST.get("role", ""), archived_at=None)
    verb = unassign if "off" in request.POST else assign
    member = _member(request, request.POST.get("off") or request.POST.get("member", ""))
    if member is None:
        messages.error(request, _("Choose somebody."))
        return redirect("customers:page", pk)
    if not may_change_charge(request.member, account, role, member, ends=verb is unassign):
        raise Http404
    accounts = members_of(pk) if verb is unassign else [pk]
    said = _("%(name)s is not in charge any more.") if verb is unassign else _("%(name)s is in charge now.")
    with refusals_told(request):
        change = verb(accounts, role, member, request.member, reason=request.POST.get("reason", ""))
        messages.success(request, said % {"name": member}, extra_tags=reverse("team:undo", args=[change.pk]))
    return redirect("customers:page", pk)


def _member(request: PageRequest, key: str) -> Member | None:
    """The member of this key, active or not, whose book the person sees; 404 for any other."""
    if not key:
        return None
    over, number = team_of(request.member), whole(key)
    if over is not None and number not in over:
        raise Http404
    return get_object_or_404(Member, pk=number)
