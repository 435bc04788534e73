"""The rule for tiers: by which number, where each tier ends, and how many customers each would have."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.accounts.models import Field
from tenure.core.tiers import Cut, Step
from tenure.people.permissions import Permission
from tenure.segments.asking import Asking
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.tiers.rule import (
    BadRule,
    Draft,
    change_rule,
    check_draft,
    deciding,
    draft_of,
    proposed,
    rule_in_use,
    stop_rule,
    tier_field,
    tiers_of,
)
from tenure.segments.tiers.setting import outcomes, place
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.cards.moments import looking


@dataclass(frozen=True)
class Row:
    """A tier in the form; of the last one, which is the rest, `typed` is None."""

    tier: str
    name: str
    typed: str | None


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_FIELDS)
def index(request: PageRequest) -> HttpResponse:
    """The rule, or the proposed one; a POST makes it the rule from now on."""
    catalogue, field, rule = read_catalogue(), tier_field(), rule_in_use()
    if request.method == "GET" or field is None:
        draft = (draft_of(rule) if rule else proposed(catalogue, field)) if field else None
        return _shown(request, catalogue, field, draft)
    try:
        change_rule(_draft(request.POST, field), catalogue, actor=request.member)
    except BadRule as error:
        return _shown(request, catalogue, field, None, str(error))
    messages.success(request, _("Saved. Customers are put into their tiers now."), reverse("tiers:stop"))
    return redirect("tiers:index")


@require_POST
@page(Permission.MANAGE_FIELDS)
def preview(request: PageRequest) -> HttpResponse:
    """What the rule in the form would do on the as-of day."""
    catalogue, field = read_catalogue(), tier_field()
    shown: dict[str, Any] = {"day": request.day}
    try:
        if field is not None:
            draft = _draft(request.POST, field)
            check_draft(draft, catalogue, field)
            shown |= _outcome(request, draft, field, catalogue)
    except BadRule as error:
        shown["problem"] = str(error)
    except (WarehouseBusy, TooMuchData):
        shown["problem"] = _("This takes too long to count. Try again in a moment.")
    return render(request, "web/tiers/preview.html", shown)


@require_POST
@page(Permission.MANAGE_FIELDS)
def stop(request: PageRequest) -> HttpResponse:
    """Switches the rule off."""
    with refusals_told(request):
        stop_rule(actor=request.member)
        messages.success(request, _("Switched off. Tiers stay as they are."))
    return redirect("tiers:index")


def _shown(
    request: PageRequest, catalogue: Catalogue, field: Field | None, draft: Draft | None, problem: str = ""
) -> HttpResponse:
    given = request.POST if problem else _as_typed(draft) if draft else QueryDict()
    choices = deciding(catalogue)
    shown = {
        "field": field,
        "rule": rule_in_use(),
        "groups": [(each.name, [entry for entry in each.entries if entry in choices]) for each in catalogue.groups],
        "by": given.get("by", ""),
        "cut": given.get("cut", Cut.SHARE.value),
        "rows": _rows(field, given) if field else [],
        "problem": problem,
    }
    return render(request, "web/tiers/page.html", shown, status=422 if problem else 200)


def _rows(field: Field, given: QueryDict) -> list[Row]:
    tiers = tiers_of(field)
    return [
        Row(tier, field.option_name(tier) or tier, given.get(f"at-{tier}", "") if tier != tiers[-1] else None)
        for tier in tiers
    ]


def _as_typed(draft: Draft) -> QueryDict:
    given = QueryDict(mutable=True)
    given["by"], given["cut"] = draft.by, draft.cut.value
    for step in draft.steps:
        given[f"at-{step.tier}"] = f"{step.at * 100 if draft.cut is Cut.SHARE else step.at:g}"
    return given


def _draft(given: QueryDict, field: Field) -> Draft:
    """Raises BadRule. Shares are typed in per cent."""
    cut = Cut.AMOUNT if given.get("cut") == Cut.AMOUNT else Cut.SHARE
    steps = []
    for tier in tiers_of(field)[:-1]:
        try:
            at = float(given.get(f"at-{tier}", "").replace(",", "").strip().removesuffix("%"))
        except ValueError:
            raise BadRule(_("Write a number, such as 1200 or 12.5.")) from None
        steps.append(Step(tier, at / 100 if cut is Cut.SHARE else at))
    return Draft(given.get("by", ""), cut, steps)


def _outcome(request: PageRequest, draft: Draft, field: Field, catalogue: Catalogue) -> dict[str, Any]:
    asking = Asking(store(), settings.CONFIG.zone, catalogue.fields)
    placed = place(draft, field, asking, request.day, looking(request).as_of)
    rows = [(field.option_name(each.tier) or each.tier, each) for each in outcomes(placed, field)]
    return {"rows": rows, "unknown": placed.unknown, "owned": len(placed.owned)}
