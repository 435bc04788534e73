"""The cards of the customer page."""

from django.http import HttpResponse
from django.shortcuts import render

from tenure.people.permissions import Permission, allows
from tenure.segments.cards import hidden_cards
from tenure.ui.page import PageRequest, page
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.cards.moments import looking
from tenure.web.cards.shown import cards_of
from tenure.web.customers.parts import account_of


@page(Permission.SEE_ACCOUNTS)
def cards_part(request: PageRequest, pk: int) -> HttpResponse:
    """Every card as of the page's day; `?known=` as it was known on a day before."""
    account = account_of(request, pk)
    seen = looking(request)
    try:
        hidden = hidden_cards(account, request.day, request.member)
    except (WarehouseBusy, TooMuchData):
        hidden = frozenset()  # rather too many cards than none of those asked for
    cards = cards_of(account, request.member, seen)
    shown = {
        "account": account,
        "cards": [each for each in cards if each.card is None or each.card.pk not in hidden],
        "seen": seen,
        "day": request.day,
        "past": request.day < request.latest_day,
        "may_manage": allows(request.member, Permission.MANAGE_FIELDS),
    }
    return render(request, "web/cards/part.html", shown)
