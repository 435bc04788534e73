"""Handing a book over, or chosen customers: choose, look at the preview, do it; the toast takes it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tenure.accounts.access import accounts_for, successors_for, team_of
from tenure.accounts.assignments.plans import Plan, make_plan, turns_of, turns_on
from tenure.accounts.assignments.reading import at, roles_in_use
from tenure.accounts.assignments.verbs import hand_over
from tenure.accounts.models import AssignmentRole
from tenure.lib.whole import wholes
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page, way_back
from tenure.ui.refusing import refusals_told
from tenure.web.team.choice import Choice, read_choice
from tenure.web.team.preview import preview


@page(Permission.ASSIGN)
def hand_over_book(request: PageRequest, pk: int) -> HttpResponse:
    """The book of a member, active or not."""
    over = team_of(request.member)
    member = get_object_or_404(Member, pk=pk) if over is None or pk in over else None
    if member is None:
        raise Http404
    held = set(at(None).filter(member=member).values_list("role", flat=True))
    roles = list(AssignmentRole.objects.filter(pk__in=held))
    team = list(successors_for(request.member).exclude(pk=pk).order_by("name", "email"))
    choice = read_choice(request.POST, roles, team, every_role=True)
    turns = turns_of(pk, choice.roles)
    return _answer(
        request, choice, make_plan(turns, _keys(choice), choice.way, choice.by_hand) if choice.ready else None, member
    )


@require_POST
@page(Permission.ASSIGN)
def hand_over_chosen(request: PageRequest) -> HttpResponse:
    """Customers chosen in the list, in one role. Those whose member is not of the person's departments stay."""
    keys = wholes(request.POST.getlist("account"))
    accounts = list(accounts_for(request.member).filter(pk__any_of=keys).order_by("name", "pk"))
    if not accounts:
        messages.error(request, _("Select at least one customer."))
        return redirect(way_back(request, "team:list"))
    team = list(successors_for(request.member).order_by("name", "email"))
    choice = read_choice(request.POST, roles_in_use(), team, every_role=False)
    over = team_of(request.member)
    turns = [turn for role in choice.roles[:1] for turn in turns_on(accounts, role)]
    others = {turn.account.pk for turn in turns if over is not None and turn.member_id and turn.member_id not in over}
    turns = [turn for turn in turns if turn.account.pk not in others]
    plan = make_plan(turns, _keys(choice), choice.way, choice.by_hand) if choice.ready else None
    return _answer(request, choice, plan, accounts=[account.pk for account in accounts], others=len(others))


def _answer(
    request: PageRequest,
    choice: Choice,
    plan: Plan | None,
    member: Member | None = None,
    accounts: list[int] | None = None,
    others: int = 0,
) -> HttpResponse:
    """The form with its preview; or, told to go on with the very plan that was looked at, the hand-over."""
    if plan and plan.moves and request.POST.get("verb") == "confirm":
        if request.POST.get("seen") == plan.mark:
            return _do(request, choice, plan)
        messages.error(request, _("Something changed since you looked. Here is the new preview; nothing was changed."))
    shown = {
        "leaver": member,
        "choice": choice,
        "accounts": accounts or [],
        "others": others,
        "preview": preview(plan, choice) if plan else None,
        "asked": request.method == "POST" and "verb" in request.POST,
        "next": way_back(request, "team:list"),
    }
    return render(request, "web/team/hand_over.html", shown)


def _do(request: PageRequest, choice: Choice, plan: Plan) -> HttpResponse:
    count = len({move.account_id for move in plan.moves})
    said = ngettext(
        "%(count)d customer has somebody else in charge.", "%(count)d customers have somebody else in charge.", count
    )
    with refusals_told(request):
        change = hand_over(plan.moves, request.member, reason=choice.reason)
        messages.success(request, said % {"count": count}, extra_tags=reverse("team:undo", args=[change.pk]))
    return redirect(way_back(request, "team:list"))


def _keys(choice: Choice) -> list[int]:
    return [member.pk for member in choice.successors]
