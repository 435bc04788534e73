"""The page."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from tenure.api.reference.told import Reference, reference_of
from tenure.api.reference.words import told_in
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page


@require_GET
@page()
def reference(request: PageRequest) -> HttpResponse:
    """Every operation of the API with its parameters, bodies and answers."""
    shown = {
        "reference": _told(get_language() or settings.LANGUAGE_CODE),
        "may_use": allows(request.member, Permission.USE_API),
        "per_minute": settings.CONFIG.api_per_minute,
    }
    return render(request, "api/reference.html", shown)


@cache
def _told(language: str) -> Reference:
    """Told once in each language, the active one: the document is the same for everybody, until the next version."""
    return reference_of(told_in(language))
