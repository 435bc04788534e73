"""Setting a sync up: where it comes from, and how it is reached. It is asked before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tenure.imports.kinds.all import KINDS
from tenure.integrations.access import syncs_for
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.errors import BadSync
from tenure.integrations.integration import Integration, Part
from tenure.integrations.models import Sync
from tenure.integrations.setting_up import Draft, add, change
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.sync.words import every

_UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400}


@dataclass(frozen=True)
class PartField:
    """A part in the form. The value of a secret is never given."""

    part: Part
    value: str
    problem: str


@require_GET
@page(Permission.IMPORT)
def choose(request: PageRequest) -> HttpResponse:
    """Which system it comes from."""
    return render(request, "web/sync/choose.html", {"integrations": INTEGRATIONS.values()})


@require_http_methods(["GET", "POST"])
@page(Permission.IMPORT)
def new(request: PageRequest, integration: str) -> HttpResponse:
    """The form; a POST asks the source and leads to the columns."""
    if integration not in INTEGRATIONS:
        raise Http404
    typed = {"when": "every", "every": "1", "unit": "hours", "locks": "on", "kind": "accounts"}
    return _form(request, INTEGRATIONS[integration], None, typed)


@require_http_methods(["GET", "POST"])
@page(Permission.IMPORT)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a sync that is there."""
    sync = get_object_or_404(syncs_for(request.member), pk=pk)
    count, unit = every(sync.every_s or 3_600)
    typed = {
        **sync.settings,
        "name": sync.name,
        "kind": sync.kind,
        "cursor": sync.cursor_column,
        "when": "daily" if sync.daily_at else "every" if sync.every_s else "asked",
        "every": str(count),
        "unit": unit,
        "at": sync.daily_at.strftime("%H:%M") if sync.daily_at else "",
        "locks": "on" if sync.locks else "",
    }
    return _form(request, INTEGRATIONS[sync.integration], sync, typed)


def _form(request: PageRequest, integration: Integration, sync: Sync | None, typed: Mapping[str, str]) -> HttpResponse:
    problem, problems = "", dict[str, str]()
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items()}
        try:
            draft = _draft(integration, typed)
            if sync is None:
                return redirect("sync:columns", add(draft, request.member).pk)
            change(sync, draft, request.member)
            return redirect("sync:one" if sync.mapping else "sync:columns", sync.pk)
        except BadSync as bad:
            problems = bad.problems
        except TenureError as error:
            problem = str(error)
    shown: dict[str, Any] = {
        "integration": integration,
        "sync": sync,
        "typed": typed,
        "kinds": KINDS.values(),
        "parts": [_part(part, typed, problems) for part in integration.parts()],
        "problem": problem,
        "problems": problems,
        "units": [("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))],
        "has_secret": bool(sync and sync.secrets),
        "cursor_example": "updated_at",
    }
    return render(request, "web/sync/form.html", shown, status=422 if problem or problems else 200)


def _part(part: Part, typed: Mapping[str, str], problems: Mapping[str, str]) -> PartField:
    value = "" if part.kind == "secret" else typed.get(part.key, part.otherwise)
    return PartField(part, value, problems.get(part.key, ""))


def _draft(integration: Integration, typed: Mapping[str, str]) -> Draft:
    """Raises BadSync for a schedule that cannot be."""
    every_s = daily_at = None
    if typed.get("when") == "every":
        count = typed.get("every", "").strip()
        if not count.isdecimal() or len(count) > 5 or typed.get("unit") not in _UNITS:
            raise BadSync({"every": _("Write a whole number.")})
        every_s = int(count) * _UNITS[typed["unit"]]
    elif typed.get("when") == "daily":
        try:
            daily_at = time.fromisoformat(typed.get("at", "").strip()).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise BadSync({"at": _("Write a time like 06:30.")}) from None
    return Draft(
        name=typed.get("name", ""),
        integration=integration.key,
        kind=typed.get("kind", ""),
        parts={part.key: typed.get(part.key, "") for part in integration.parts()},
        cursor_column=typed.get("cursor", ""),
        every_s=every_s,
        daily_at=daily_at,
        locks="locks" in typed,
    )
