"""Merging two customers: which other one, what would come together, doing it, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tenure.accounts.access import accounts_for
from tenure.accounts.fields.reading import fields_by_key
from tenure.accounts.fields.words import plain, show
from tenure.accounts.merging.members import survivor_of
from tenure.accounts.merging.preview import Preview, preview
from tenure.accounts.merging.verbs import merge_accounts, undo_merge
from tenure.accounts.models import Account, AccountMerge
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store
from tenure.web.arranging.naming import account_named
from tenure.web.customers.parts import account_of

ROWS = {
    "userlink": gettext_lazy("Links of users"),
    "fact": gettext_lazy("Facts"),
    "contact": gettext_lazy("Contacts"),
    "assignment": gettext_lazy("Turns in charge"),
    "followup": gettext_lazy("Follow-ups"),
    "ticket": gettext_lazy("Tickets"),
    "surveyanswer": gettext_lazy("Survey answers"),
    "opportunity": gettext_lazy("Opportunities"),
}


@require_http_methods(["GET", "POST"])
@page(Permission.ARRANGE_ACCOUNTS)
def merge(request: PageRequest, pk: int) -> HttpResponse:
    """This customer is the survivor. `with` names the other one: then the preview, and with POST the merge itself."""
    survivor = account_of(request, pk)
    text = request.POST.get("with", "") or request.GET.get("with", "")
    merged = account_named(request.member, text)
    problem = ""
    if text and merged is None:
        problem = _("There is no customer “%(text)s”.") % {"text": text[:80]}
    elif merged == survivor:
        merged, problem = None, _("That is this customer itself.")
    if request.method == "POST" and merged is not None:
        return _merge(request, merged, survivor)
    shown: dict[str, Any] = {"account": survivor, "merged": merged, "text": text, "problem": problem}
    if merged is not None:
        found = preview(merged, survivor, request.day, store())
        rows = [(ROWS[name], count) for name, count in found.rows.items()]
        shown |= {"preview": found, "rows": rows, **_values(found)}
    return render(request, "web/arranging/merge.html", shown, status=422 if problem else 200)


@require_POST
@page(Permission.ARRANGE_ACCOUNTS)
def undo(request: PageRequest, merge_id: int) -> HttpResponse:
    """Makes two customers of them again."""
    found = get_object_or_404(AccountMerge.objects.select_related("merged", "survivor"), pk=merge_id)
    get_object_or_404(accounts_for(request.member), pk=survivor_of(found.survivor_id))
    with refusals_told(request):
        undo_merge(found, request.member, store())
        messages.success(request, _("%(merged)s is a customer of its own again. %(later)s") % _named(found.merged))
    return redirect("customers:page", survivor_of(found.survivor_id))


def _merge(request: PageRequest, merged: Account, survivor: Account) -> HttpResponse:
    with refusals_told(request):
        done = merge_accounts(merged, survivor, request.member, store(), request.POST.getlist("take"))
        undo_url = reverse("customers:merge_undo", args=[done.pk])
        messages.success(request, _("%(merged)s lives on here. %(later)s") % _named(merged), extra_tags=undo_url)
        return redirect("customers:page", survivor.pk)
    return redirect("customers:merge", survivor.pk)


def _values(found: Preview) -> dict[str, Any]:
    """In words: fields with two values as (name, key, the survivor's, the merged one's), and those it takes over."""
    fields = fields_by_key([*(each.field for each in found.choices), *found.only_merged])
    names = {"name": _("Name"), **{key: str(field) for key, field in fields.items()}}

    def said(key: str, value: Any) -> str:
        return show(fields[key], value) if key in fields else plain(value)

    return {
        "choices": [
            (
                names.get(each.field, each.field),
                each.field,
                said(each.field, each.survivors),
                said(each.field, each.merged),
            )
            for each in found.choices
        ],
        "taken_over": [(names.get(key, key), said(key, value)) for key, value in found.only_merged.items()],
    }


def _named(merged: Account) -> dict[str, object]:
    return {"merged": merged, "later": _("All days are computed again in the background.")}
