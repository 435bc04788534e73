"""The page."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenure.api.reference.told import Reference, reference_of
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page


@require_GET
@page()
def reference(request: PageRequest) -> HttpResponse:
    """Every operation of the API with its parameters, bodies and answers."""
    shown = {
        "reference": _told(),
        "may_use": allows(request.member, Permission.USE_API),
        "per_minute": settings.CONFIG.api_per_minute,
    }
    return render(request, "api/reference.html", shown)


@cache
def _told() -> Reference:
    """Told once: the document is the same for everybody, until there is another version."""
    from tenure.api.urls import API  # which names this page among its addresses

    return reference_of(API.told)
