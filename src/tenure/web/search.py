"""Find a customer by part of its name or id, from anywhere."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.access import accounts_for
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page

SHOWN = 8


@page(Permission.SEE_ACCOUNTS)
def search(request: PageRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = accounts_for(request.member).filter(Q(name__icontains=text) | Q(external_id__icontains=text))
    return render(request, "web/search.html", {"accounts": found.order_by("name", "pk")[:SHOWN], "search": text})
