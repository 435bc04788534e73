"""Find a customer by part of its name or id, from anywhere."""

from collections.abc import Collection

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.access import accounts_for
from tenure.accounts.merging.members import survivors
from tenure.accounts.models import Account
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page

SHOWN = 8


@page(Permission.SEE_ACCOUNTS)
def search(request: PageRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    matching = Q(name__icontains=text) | Q(external_id__icontains=text)
    found = list(accounts_for(request.member).filter(matching).order_by("name", "pk")[:SHOWN])
    if text:
        found += _living_on(request.member, matching, {account.pk for account in found})
    return render(request, "web/search.html", {"accounts": found[:SHOWN], "search": text})


def _living_on(member: Member, matching: Q, found: Collection[int]) -> list[Account]:
    """The accounts in which one lives on that matches and was merged, but for those found anyway."""
    merged = Account.objects.filter(matching, merged_into__isnull=False).values_list("pk", flat=True)
    into = survivors() if merged else {}
    wanted = {into[key] for key in merged[:SHOWN] if key in into} - set(found)
    return list(accounts_for(member).filter(pk__in=wanted).order_by("name", "pk")) if wanted else []
