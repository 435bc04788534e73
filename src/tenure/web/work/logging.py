"""The quick log: the drawer form that writes a follow-up down, and edits one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.accounts.access import accounts_for
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Contact
from tenure.lib import clock
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.work.draft import CONTACT, MEMBER, PERSON, Draft, StepDraft
from tenure.web.work.saved import answer
from tenure.work.access import follow_ups_for, may_edit
from tenure.work.attachments import BadFile
from tenure.work.content import BadFollowUp
from tenure.work.follow_ups import edit_follow_up, log_follow_up
from tenure.work.models import FollowUp, FollowUpType, Sentiment
from tenure.work.types import types_in_use

_MOODS = {Sentiment.GOOD: "mood-smile", Sentiment.NEUTRAL: "mood-neutral", Sentiment.BAD: "mood-sad"}


@require_http_methods(["GET", "POST"])
@page(Permission.LOG_FOLLOW_UPS)
def log(request: PageRequest) -> HttpResponse:
    """A new follow-up; `?account=` presets the customer."""
    if request.method == "GET":
        return _form(request, Draft.read(request.GET))
    draft = Draft.read(request.POST)
    account = _account(request, draft)
    try:
        if account is None:
            raise BadFollowUp({"account": _("Choose a customer.")})
        content = draft.content(_types(), settings.CONFIG.zone)
        made = log_follow_up(account, content, actor=request.member, files=request.FILES.getlist("files"))
    except BadFollowUp as error:
        return _form(request, draft, problems=error.problems)
    except BadFile as error:
        return _form(request, draft, problems={"files": str(error)})
    undo = reverse("work:remove", args=[made.pk])
    return answer(request, _("Logged for %(customer)s.") % {"customer": account}, undo, close=True)


@require_http_methods(["GET", "POST"])
@page(Permission.LOG_FOLLOW_UPS)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The same form for one that is there; its customer stays."""
    follow_up = _editable(request, pk)
    if request.method == "GET":
        return _form(request, Draft.of(follow_up, settings.CONFIG.zone), follow_up)
    draft = Draft.read(request.POST)
    try:
        content = draft.content(_types(follow_up), settings.CONFIG.zone)
        edit_follow_up(follow_up, content, actor=request.member, files=request.FILES.getlist("files"))
    except BadFollowUp as error:
        return _form(request, draft, follow_up, error.problems)
    except BadFile as error:
        return _form(request, draft, follow_up, {"files": str(error)})
    return answer(request, _("Saved. How it read before is kept."), close=True)


@require_POST
@page(Permission.LOG_FOLLOW_UPS)
def draft(request: PageRequest) -> HttpResponse:
    """The form again, filled in with what is sent; nothing is saved. `add_step` adds a row for a next step."""
    typed = Draft.read(request.POST)
    adds = "add_step" in request.POST
    if adds:
        typed = replace(typed, steps=(*typed.steps, StepDraft()))
    of = request.POST.get("opened", "").removeprefix("edit-")
    follow_up = None
    if request.POST.get("opened", "").startswith("edit-") and of.isdecimal() and len(of) < 10:
        follow_up = _editable(request, int(of))
    return _form(request, typed, follow_up, focus="step" if adds else "")


def _editable(request: PageRequest, pk: int) -> FollowUp:
    follow_up = get_object_or_404(follow_ups_for(request.member).select_related("type", "account"), pk=pk)
    if not may_edit(request.member, follow_up):
        raise Http404
    return follow_up


def _account(request: PageRequest, draft: Draft) -> Account | None:
    """The customer chosen; None when none is, 404 when it is not theirs."""
    if not (draft.account.isdecimal() and len(draft.account) < 10):
        return None
    return get_object_or_404(accounts_for(request.member), pk=int(draft.account))


def _types(follow_up: FollowUp | None = None) -> dict[str, FollowUpType]:
    """By id as text; the type a follow-up has stays possible after it was archived."""
    types = {str(each.pk): each for each in types_in_use()}
    return types | ({str(follow_up.type_id): follow_up.type} if follow_up else {})


def _form(
    request: PageRequest,
    draft: Draft,
    follow_up: FollowUp | None = None,
    problems: Mapping[str, str] | None = None,
    focus: str = "",
) -> HttpResponse:
    account = follow_up.account if follow_up else _account(request, draft)
    types = _types(follow_up)
    now = clock.now().astimezone(settings.CONFIG.zone)
    if follow_up is None:
        draft = draft.with_defaults(next((each.pk for each in types.values()), 0), now, request.member.pk)
    steps = draft.steps or (() if follow_up else (StepDraft(),))
    shown: dict[str, Any] = {
        "draft": draft,
        "follow_up": follow_up,
        "account": account,
        "types": types,
        "sentiments": [(str(each.value), each.label, _MOODS[each]) for each in reversed(Sentiment)],
        "people": _chosen(draft, account),
        "steps": [(each, _owner_name(each, request.member)) for each in steps],
        "today": now.date(),
        "problems": problems or {},
        "focus": focus or ("account" if account is None else "notes"),
        "most_mb": settings.CONFIG.attachment_mb,
        "restored": "restored" in request.POST,
        **_opened(request, follow_up, account),
    }
    return render(request, "web/work/form.html", shown, status=422 if problems else 200)


def _opened(request: PageRequest, follow_up: FollowUp | None, account: Account | None) -> dict[str, str]:
    """The name under which the browser keeps a draft, and where an empty form is."""
    if follow_up:
        return {"opened": f"edit-{follow_up.pk}", "afresh": reverse("work:edit", args=[follow_up.pk])}
    given = request.POST.get("opened", "")
    opened = given if given == "new" or given.isdecimal() else str(account.pk if account else "new")
    afresh = reverse("work:log") + (f"?account={opened}" if opened != "new" else "")
    return {"opened": opened, "afresh": afresh}


def _chosen(draft: Draft, account: Account | None) -> list[tuple[str, str, str]]:
    """(value, name, side) of the people chosen so far, in their order."""
    members = Member.objects.in_bulk(draft.member_ids)
    contacts = Contact.objects.filter(account__in=members_of(account.pk)).in_bulk(draft.contact_ids) if account else {}
    found = []
    for value in draft.people:
        if value[:1] == PERSON and value[1:]:
            found.append((value, value[1:], str(account or "")))
        elif value[:1] == MEMBER and value[1:].isdecimal() and int(value[1:]) in members:
            found.append((value, str(members[int(value[1:])]), ""))
        elif value[:1] == CONTACT and value[1:].isdecimal() and int(value[1:]) in contacts:
            found.append((value, str(contacts[int(value[1:])]), contacts[int(value[1:])].title or str(account)))
    return found


def _owner_name(step: StepDraft, member: Member) -> tuple[int, str]:
    """Who is to do it: (id, name); whoever writes it down when nobody is named."""
    owner = (
        Member.objects.filter(pk=int(step.owner)).first() if step.owner.isdecimal() and len(step.owner) < 10 else None
    )
    return ((owner or member).pk, str(owner or member))
