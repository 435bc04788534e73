"""Where a customer stands: the group above it, the customers below it, and the ids it is known by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import accounts_for, visible_account_ids
from tenure.accounts.hierarchy import ancestors, children, set_parent, tree_below
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, AccountMerge
from tenure.health.metrics import metrics_in_use
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.warehouse.current import store
from tenure.warehouse.schema import metric_column
from tenure.warehouse.store import AccountQuery
from tenure.web.arranging.naming import account_named
from tenure.web.customers.book import Customer, customers
from tenure.web.customers.parts import account_of

ACTIVE_USERS = "active_users_28"


@dataclass(frozen=True)
class Below:
    """A customer right below, and how many are below that one; `active` users in 28 days."""

    customer: Customer
    active: float | None
    further: int


@dataclass(frozen=True)
class Together:
    """A customer and all below it: how many they are, and the sum of their active users."""

    accounts: int
    active: float | None


@page(Permission.SEE_ACCOUNTS)
def place_part(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    below, together = _below(request, account, request.day)
    merges = AccountMerge.objects.filter(merged__in=members_of(pk), undone_at=None).select_related(
        "merged", "merged_by"
    )
    shown = {
        "account": account,
        "above": above(request, account),
        "below": below,
        "together": together,
        "merges": merges.order_by("merged_at"),
        "may_arrange": allows(request.member, Permission.ARRANGE_ACCOUNTS),
    }
    return render(request, "web/arranging/place.html", shown)


@require_POST
@page(Permission.ARRANGE_ACCOUNTS)
def change_parent(request: PageRequest, pk: int) -> HttpResponse:
    """Puts the customer under the one whose id or name is `parent`, or, with `out`, under none."""
    account = account_of(request, pk)
    text = request.POST.get("parent", "")
    parent = None if "out" in request.POST else account_named(request.member, text)
    if parent is None and "out" not in request.POST:
        messages.error(request, _("There is no customer “%(text)s”.") % {"text": text[:80]})
        return redirect("customers:page", pk)
    with refusals_told(request):
        if set_parent(account, parent, request.member):
            messages.success(request, _("Saved."))
    return redirect("customers:page", pk)


def above(request: PageRequest, account: Account) -> list[Account]:
    """The customers above one that the member may see, the top one first."""
    found = ancestors(account)
    if not found:
        return []
    seen = set(accounts_for(request.member).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True))
    return [each for each in reversed(found) if each.pk in seen]


def _below(request: PageRequest, account: Account, day: date) -> tuple[Sequence[Below], Together | None]:
    right_below = children(account.pk)
    if not right_below:
        return [], None
    tree = tree_below(account.pk)
    visible = visible_account_ids(request.member)
    metric = metrics_in_use().get(ACTIVE_USERS)
    columns = [metric_column(metric.pk)] if metric else []
    query = AccountQuery(day, columns, visible=visible, account_ids=tree, limit=len(tree))
    found = {each.id: each for each in customers(store(), query, trend=False)[1]}
    below = [
        Below(found[child.pk], _active(found[child.pk]), len(tree_below(child.pk)) - 1)
        for child in right_below
        if child.pk in found
    ]
    active = [value for each in found.values() if (value := _active(each)) is not None]
    return below, Together(len(found), sum(active) if active else None)


def _active(customer: Customer) -> float | None:
    return customer.values[0] if customer.values else None
