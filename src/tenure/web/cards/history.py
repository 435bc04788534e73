"""What was ever known of one field of a customer: by whom, from when it held, when it was recorded; corrections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.accounts.as_of import facts_at
from tenure.accounts.fields.editing import BY_HAND, BY_RULE, correct_fact, withdraw_fact
from tenure.accounts.fields.reading import fields_by_key, may_edit, member_names
from tenure.accounts.fields.typed import read
from tenure.accounts.fields.words import plain, show, source_name
from tenure.accounts.models import Account, Fact, Field
from tenure.activity.models import Activity
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.cards.control import control_of, control_with
from tenure.web.cards.moments import BadDay, Looking, looking, start_of
from tenure.web.customers.parts import account_of


@dataclass(frozen=True)
class Line:
    """A fact in the list. `became` says what became of it: empty while it counts, "corrected" or "withdrawn"."""

    fact: Fact
    text: str
    day: date
    origin: str
    became: str
    editable: bool


@page(Permission.SEE_ACCOUNTS)
def history_part(request: PageRequest, pk: int, key: str) -> HttpResponse:
    """As of the page's day; `?known=` as it was known on a day before."""
    return _history(request, account_of(request, pk), key)


@require_http_methods(["GET", "POST"])
@page(Permission.EDIT_FIELDS)
def correct(request: PageRequest, pk: int, fact_id: int) -> HttpResponse:
    """Another value, or another day, in place of a past one."""
    account, fact, field = _of(request, pk, fact_id)
    day = timezone.localtime(fact.valid_from).date().isoformat()
    shown = {"account": account, "field": field, "fact": fact, "valid_from": request.POST.get("valid_from", day)}
    if request.method == "GET":
        return render(request, "web/cards/correct.html", {**shown, "control": control_of(field, fact.value)})
    try:
        value = read(field, request.POST.getlist("value"))
        text = request.POST.get("valid_from", "").strip()
        if not text:
            raise BadDay(_("Say from which day the value holds."))
        start = None if text == day else start_of(text, [account.pk], field.key)
        activity = correct_fact(fact, value, request.member, valid_from=start)
    except TenureError as error:
        shown |= {"control": control_with(field, request.POST.getlist("value")), "problem": str(error)}
        return render(request, "web/cards/correct.html", shown, status=422)
    response = _history(request, account, field.key, activity, _("Corrected. What was known before stays readable."))
    response["HX-Retarget"], response["HX-Reswap"] = "#drawer .drawer-body", "innerHTML"
    return response


@require_POST
@page(Permission.EDIT_FIELDS)
def withdraw(request: PageRequest, pk: int, fact_id: int) -> HttpResponse:
    """Takes a past value away: what held before it went on."""
    account, fact, field = _of(request, pk, fact_id)
    try:
        activity = withdraw_fact(fact, request.member)
    except TenureError as error:
        return _history(request, account, field.key, None, str(error))
    return _history(request, account, field.key, activity, _("Withdrawn. What was known before stays readable."))


def _of(request: PageRequest, pk: int, fact_id: int) -> tuple[Account, Fact, Field]:
    account = account_of(request, pk)
    fact = get_object_or_404(Fact, pk=fact_id, account=account, withdrawal=False)
    field = fields_by_key([fact.field]).get(fact.field)
    if field is None or not may_edit(request.member, field):
        raise Http404
    return account, fact, field


def _history(
    request: PageRequest, account: Account, key: str, activity: Activity | None = None, said: str = ""
) -> HttpResponse:
    field = fields_by_key([key]).get(key)
    seen = looking(request)
    facts = Fact.objects.filter(account=account, field=key).select_related("actor")
    if seen.known_at is not None:
        facts = facts.filter(recorded_at__lte=seen.known_at)
    rows = list(facts.order_by("-valid_from", "-recorded_at", "-pk"))
    if not rows and field is None:
        raise Http404
    editable = seen.known_at is None and field is not None and may_edit(request.member, field)
    names = member_names([field], [row.value for row in rows]) if field else {}
    current = facts_at(account.pk, seen.as_of, seen.known_at).get(key)
    shown = {
        "account": account,
        "field": field,
        "key": key,
        "name": str(field) if field else key,
        "lines": _lines(rows, field, names, editable=editable),
        "current": _text(field, current.value if current else None, names),
        "seen": seen,
        "day": request.day,
        "known_most": _known_most(seen),
        "activity": activity,
        "said": said,
    }
    response = render(request, "web/cards/history.html", shown)
    if activity is not None:
        response["HX-Trigger"] = "fields-changed"
    return response


def _lines(rows: list[Fact], field: Field | None, names: Mapping[int, str], *, editable: bool) -> list[Line]:
    by = {row.corrects_id: "withdrawn" if row.withdrawal else "corrected" for row in rows if row.corrects_id}
    return [
        Line(
            row,
            _text(field, row.value, names),
            timezone.localtime(row.valid_from).date(),
            _origin(row),
            by.get(row.pk, ""),
            editable=editable and row.pk not in by,
        )
        for row in rows
        if not row.withdrawal
    ]


def _origin(fact: Fact) -> str:
    if fact.source == BY_HAND:
        return str(fact.actor) if fact.actor else _("a former member")
    if fact.source == BY_RULE:
        return _("by a rule")
    return source_name(fact.source)


def _text(field: Field | None, value: object, names: Mapping[int, str]) -> str:
    return show(field, value, names) if field else plain(value)


def _known_most(seen: Looking) -> date:
    """The latest day that can be chosen for "as known on": yesterday's end is the latest past."""
    return timezone.localtime(seen.as_of, settings.CONFIG.zone).date()
