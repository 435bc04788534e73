"""The audit log: who did what, when, from where; filtered, a page at a time, and as a file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.accounts.access import accounts_for
from tenure.accounts.fields.editing import SET
from tenure.activity.models import AccountActivity, Activity
from tenure.activity.reading import AuditQuery, find
from tenure.activity.telling import sentence
from tenure.activity.verbs import VERBS
from tenure.lib.whole import whole
from tenure.people.access import members_for
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Column, Row, TableState

COLUMNS = [
    Column("at", gettext_lazy("Recorded"), kind="moment"),
    Column("what", gettext_lazy("What was done")),
    Column("verb", gettext_lazy("Verb")),
    Column("by", gettext_lazy("By")),
    Column("subject", gettext_lazy("To what")),
    Column("customers", gettext_lazy("Customers")),
    Column("text", gettext_lazy("Text")),
    Column("happened", gettext_lazy("Happened"), kind="moment"),
    Column("address", gettext_lazy("Address")),
]
PAGE_SIZE = 50
_MOST_NAMES = 3
_SAID_ALREADY = {SET.name}  # their text is for the search: the sentence has it
_MOST_ACCOUNTS = 1_000
_AT_ONCE = 500  # rows of a file whose customers are looked up together


@require_GET
@page(Permission.SEE_AUDIT)
def log(request: PageRequest) -> HttpResponseBase:
    """The log as the filters have it."""
    found = list(find(_query(request)).select_related("actor")[: PAGE_SIZE + 1])
    context = {
        "entries": _entries(found[:PAGE_SIZE]),
        "older": found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None,
        "given": request.GET,
        "export": export_url(request, AUDIT, _state(request)),
        "filtered": any(request.GET.get(name) for name in ("who", "verb", "customer", "from", "to", "q")),
        "members": members_for(request.member).order_by("name", "email"),
        "verbs": _verbs(),
    }
    return render(request, "web/audit/log.html", context)


def whole_log(request: PageRequest) -> Listed:
    """All that the filters ask for, whatever page of it."""
    found = find(replace(_query(request), before=None))
    return Listed(_state(request), found.count(), _rows(found.iterator(chunk_size=_AT_ONCE)))


AUDIT = register(Listing("audit", gettext_lazy("Audit log"), Permission.SEE_AUDIT, "audit:log", whole_log))


def _state(request: PageRequest) -> TableState:
    return TableState.read(request, "audit", COLUMNS, sort="at", descending=True)


def _query(request: PageRequest) -> AuditQuery:
    given = request.GET
    return AuditQuery(
        zone=settings.CONFIG.zone,
        who=_number(given.get("who", "")),
        verb=given.get("verb", "").strip()[:60],
        accounts=_accounts(request, given.get("customer", "").replace("\0", "").strip()),
        first=_day(given.get("from", "")),
        last=_day(given.get("to", "")),
        search=given.get("q", "").replace("\0", "").strip()[:200],
        before=_number(given.get("before", "")),
    )


def _accounts(request: PageRequest, text: str) -> list[int] | None:
    """The customers with this id or name in theirs."""
    if not text:
        return None
    own = accounts_for(request.member)
    named = own.filter(name__icontains=text) | own.filter(external_id=text)
    return list(named.values_list("pk", flat=True)[:_MOST_ACCOUNTS])


def _entries(activities: Sequence[Activity]) -> list[dict[str, Any]]:
    named: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = AccountActivity.objects.filter(activity__in=activities).select_related("account").order_by("pk")
    particular: dict[int, dict[str, Any]] = {}
    for row in rows:
        named[row.activity_id].append((row.account_id, str(row.account)))
        particular[row.activity_id] = row.detail
    return [
        {
            "activity": each,
            "says": sentence(each, particular.get(each.pk) if len(named[each.pk]) == 1 else None),
            "text": "" if each.verb in _SAID_ALREADY else each.text,
            "customers": named[each.pk][:_MOST_NAMES],
            "more": max(0, len(named[each.pk]) - _MOST_NAMES),
            "detail": {key: value for key, value in each.detail.items() if value not in (None, "")},
        }
        for each in activities
    ]


def _rows(activities: Iterable[Activity]) -> Iterator[Row]:
    left = iter(activities)
    while some := list(islice(left, _AT_ONCE)):
        names: dict[int, list[str]] = defaultdict(list)
        particular: dict[int, dict[str, Any]] = {}
        told = AccountActivity.objects.filter(activity__in=some).order_by("pk")
        for activity, name, external, detail in told.values_list(
            "activity", "account__name", "account__external_id", "detail"
        ):
            names[activity].append(name or external)
            particular[activity] = detail
        for each in some:
            yield _row(each, names[each.pk], particular[each.pk] if len(names[each.pk]) == 1 else None)


def _row(activity: Activity, names: Sequence[str], particular: dict[str, Any] | None) -> Row:
    return Row(
        {
            "at": activity.recorded_at,
            "what": sentence(activity, particular),
            "verb": activity.verb,
            "by": activity.by,
            "subject": activity.subject_name,
            "customers": ", ".join(names[:_MOST_ACCOUNTS]),
            "text": activity.text,
            "happened": activity.at,
            "address": activity.address,
        }
    )


def _verbs() -> list[str]:
    return sorted({name.partition(".")[0] for name in VERBS} | set(VERBS))


def _number(text: str) -> int | None:
    return whole(text, 18)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
