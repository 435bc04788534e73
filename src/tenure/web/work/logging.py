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
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.work.draft import CONTACT, MEMBER, PERSON, Draft, FieldDraft, StepDraft
from tenure.web.work.fields import offered, rows_of, values_of
from tenure.web.work.saved import answer
from tenure.work.access import follow_ups_for, may_edit
from tenure.work.attachments import BadFile
from tenure.work.content import BadFollowUp, Content
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
        account, content, values = _read(draft, account, request.member)
        files = request.FILES.getlist("files")
        made = log_follow_up(account, content, actor=request.member, files=files, fields=values)
    except BadFollowUp as error:
        return _form(request, draft, problems=error.problems)
    except BadFile as error:
        return _form(request, draft, problems={"files": str(error)})
    undo = reverse("work:remove", args=[made.pk])
    said = _("Logged for %(customer)s.") % {"customer": account}
    return answer(request, said, undo, close=True, fields=bool(values))


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
    """The form again, filled in with what is sent; nothing is saved.

    `add_step` adds a row for a next step, `add_field` one for the profile field of that id, `drop_field` takes it away.
    """
    typed, focus = Draft.read(request.POST), ""
    if "add_step" in request.POST:
        typed, focus = replace(typed, steps=(*typed.steps, StepDraft())), "step"
    elif added := request.POST.get("add_field"):
        typed, focus = typed.with_field(added), FieldDraft.input_name(added)
    elif dropped := request.POST.get("drop_field"):
        typed, focus = replace(typed, fields=tuple(each for each in typed.fields if each.id != dropped)), "add_field"
    _new, _edit, pk = request.POST.get("opened", "").partition("edit-")
    follow_up = _editable(request, key) if (key := whole(pk)) else None
    return _form(request, typed, follow_up, focus=focus)


def _read(draft: Draft, account: Account | None, member: Member) -> tuple[Account, Content, dict[str, Any]]:
    """Of whom the form tells, what, and the fields to set; raises BadFollowUp with the problems of all."""
    problems = {} if account else {"account": _("Choose a customer.")}
    content, values = None, {}
    try:
        content = draft.content(_types(), settings.CONFIG.zone)
        content.check(clock.now())
    except BadFollowUp as error:
        problems |= error.problems
    try:
        values = values_of(draft.fields, member)
    except BadFollowUp as error:
        problems |= error.problems
    if problems or account is None or content is None:
        raise BadFollowUp(problems)
    return account, content, values


def _editable(request: PageRequest, pk: int) -> FollowUp:
    follow_up = get_object_or_404(follow_ups_for(request.member).select_related("type", "account"), pk=pk)
    if not may_edit(request.member, follow_up):
        raise Http404
    return follow_up


def _account(request: PageRequest, draft: Draft) -> Account | None:
    """The customer chosen; None when none is, 404 when it is not theirs."""
    key = whole(draft.account)
    return None if key is None else get_object_or_404(accounts_for(request.member), pk=key)


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
    focus = focus or _first_wrong(problems or {}) or ("account" if account is None else "notes")
    steps = draft.steps or (() if follow_up else (StepDraft(),))
    shown: dict[str, Any] = {
        "draft": draft,
        "follow_up": follow_up,
        "account": account,
        "types": types,
        "sentiments": [(str(each.value), each.label, _MOODS[each]) for each in reversed(Sentiment)],
        "people": _chosen(draft, account),
        "steps": [(each, _owner_name(each, request.member)) for each in steps],
        "fields": rows_of(draft.fields, account, request.member, problems or {}, focus) if account else (),
        "may_set_fields": follow_up is None and account is not None and bool(offered(request.member)),
        "today": now.date(),
        "problems": problems or {},
        "focus": focus,
        "most_mb": settings.CONFIG.attachment_mb,
        "restored": "restored" in request.POST,
        **_opened(request, follow_up, account),
    }
    return render(request, "web/work/form.html", shown, status=422 if problems else 200)


def _first_wrong(problems: Mapping[str, str]) -> str:
    """The first input with a problem that can have the focus."""
    inputs = {"account", "at", "duration", "notes", "outcome"}
    return next((name for name in problems if name in inputs or name.startswith(FieldDraft.input_name(""))), "")


def _opened(request: PageRequest, follow_up: FollowUp | None, account: Account | None) -> dict[str, str]:
    """The name under which the browser keeps a draft, and where an empty form is."""
    if follow_up:
        return {"opened": f"edit-{follow_up.pk}", "afresh": reverse("work:edit", args=[follow_up.pk])}
    given = request.POST.get("opened", "")
    opened = given if given == "new" or whole(given) else str(account.pk if account else "new")
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
        elif value[:1] == MEMBER and (member := members.get(whole(value[1:]) or 0)):
            found.append((value, str(member), ""))
        elif value[:1] == CONTACT and (contact := contacts.get(whole(value[1:]) or 0)):
            found.append((value, str(contact), contact.title or str(account)))
    return found


def _owner_name(step: StepDraft, member: Member) -> tuple[int, str]:
    """Who is to do it: (id, name); whoever writes it down when nobody is named."""
    owner = Member.objects.filter(pk=whole(step.owner) or 0).first() or member
    return owner.pk, str(owner)
