"""The settings page of profile cards: which cards and fields there are, and in which order."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.fields import managing
from tenure.accounts.fields.reading import cards_in_use
from tenure.accounts.models import Card, Field
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.segments.cards import segments_for_cards, show_card_for
from tenure.segments.models import CardSegment
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told


@page(Permission.MANAGE_FIELDS)
def index(request: PageRequest) -> HttpResponse:
    archived = Field.objects.exclude(archived_at=None).filter(card__archived_at=None).select_related("card")
    shown_for = {row.card_id: row.segment for row in CardSegment.objects.select_related("segment")}
    shown = {
        "cards": [(each, shown_for.get(each.card.pk)) for each in cards_in_use()],
        "segments": segments_for_cards(),
        "archived_cards": Card.objects.exclude(archived_at=None).order_by("place", "pk"),
        "archived_fields": archived.order_by("card__place", "place", "pk"),
    }
    return render(request, "web/cards/settings.html", shown)


@require_POST
@page(Permission.MANAGE_FIELDS)
def order(request: PageRequest) -> HttpResponse:
    """`order` is [[card id, [field ids]], ...] as JSON."""
    try:
        asked = [(int(card), [int(field) for field in fields]) for card, fields in json.loads(request.POST["order"])]
        managing.arrange(asked, request.member)
    except (KeyError, TypeError, ValueError):
        return HttpResponseBadRequest()
    except managing.BadField as error:
        return HttpResponse(str(error), status=409)
    return HttpResponse("")


@require_POST
@page(Permission.MANAGE_FIELDS)
def new_card(request: PageRequest) -> HttpResponse:
    name, chinese = request.POST.get("name", ""), request.POST.get("chinese", "")
    return _done(request, lambda: managing.add_card(name, chinese, request.member), _("Card added."))


@require_POST
@page(Permission.MANAGE_FIELDS)
def rename(request: PageRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(Card, pk=pk)
    name, chinese = request.POST.get("name", ""), request.POST.get("chinese", "")
    return _done(request, lambda: managing.rename_card(card, name, chinese, request.member), _("Saved."))


@require_POST
@page(Permission.MANAGE_FIELDS)
def show_for(request: PageRequest, pk: int) -> HttpResponse:
    """The customers that have the card on their page: those of `segment`; without it, all."""
    card = get_object_or_404(Card, pk=pk, archived_at=None)
    segment = segments_for_cards().filter(pk=whole(request.POST.get("segment", "")) or 0).first()
    return _done(request, lambda: show_card_for(card, segment, actor=request.member), _("Saved."))


@require_POST
@page(Permission.MANAGE_FIELDS)
def archive_card(request: PageRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(Card, pk=pk, archived_at=None)
    said = _("%(name)s is archived. What was written on it stays.") % {"name": card}
    return _done(request, lambda: managing.archive(card, request.member), said)


@require_POST
@page(Permission.MANAGE_FIELDS)
def restore_card(request: PageRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(Card.objects.exclude(archived_at=None), pk=pk)
    return _done(request, lambda: managing.restore(card, request.member), _("%(name)s is back.") % {"name": card})


@require_POST
@page(Permission.MANAGE_FIELDS)
def archive_field(request: PageRequest, pk: int) -> HttpResponse:
    field = get_object_or_404(Field, pk=pk, archived_at=None)
    said = _("%(name)s is archived. What was written stays.") % {"name": field}
    return _done(request, lambda: managing.archive(field, request.member), said)


@require_POST
@page(Permission.MANAGE_FIELDS)
def restore_field(request: PageRequest, pk: int) -> HttpResponse:
    field = get_object_or_404(Field.objects.exclude(archived_at=None), pk=pk)
    return _done(request, lambda: managing.restore(field, request.member), _("%(name)s is back.") % {"name": field})


def _done(request: PageRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    with refusals_told(request):
        verb()
        messages.success(request, said)
    return redirect("cards:settings")
