"""What the profile cards say of a customer in the header and the drawer: tier, days that count, and some more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.models import Account
from tenure.people.permissions import Permission
from tenure.segments.tags.tag import FIELD as TAGS
from tenure.ui.page import PageRequest, page
from tenure.web.cards.moments import looking
from tenure.web.cards.shown import Known, ShownField, known_of, shown_of
from tenure.web.customers.parts import account_of

#: Fields of the header, by key, in this order, where a card has them.
HEADER: Final = ("tier", "stage", "contract_start", "contract_end", "renewal_on", "launched_on", "delivered_on")
#: Those of the header that somebody who looks after the customer cannot do without: offered where they are empty.
WANTED: Final = ("tier", "contract_end")
#: Fields the drawer adds.
SHORT: Final = (
    "plan",
    "seats",
    "annual_budget",
    "renewal_chance",
    "relationship",
    "decision_chain",
    "growth_chances",
    "competitor",
    "goal",
)
NEAR_DAYS: Final = 90  # a day so near is told by how far away it is, too


@dataclass(frozen=True)
class KeyFacts:
    """`header` and `short` are fields with a value; `wanted` those without one that the member may fill in."""

    header: Sequence[ShownField]
    wanted: Sequence[ShownField]
    short: Sequence[ShownField]
    near: frozenset[date]


def header_known(request: PageRequest, account: Account) -> Known:
    """What the header tells of the account as of the request's day: its tags too, looked up with the rest."""
    return known_of(account, (*HEADER, *SHORT, TAGS), looking(request))


def key_facts(request: PageRequest, known: Known) -> KeyFacts:
    """As of the request's day."""
    found = {each.key: each for each in shown_of(known, HEADER + SHORT, request.member, looking(request))}
    days = {each.day for each in found.values() if each.day}
    return KeyFacts(
        header=[each for key, each in found.items() if key in HEADER and not each.empty],
        wanted=[each for key, each in found.items() if key in WANTED and each.empty and each.editable],
        short=[each for key, each in found.items() if key in SHORT and not each.empty],
        near=frozenset(day for day in days if abs((day - request.day).days) <= NEAR_DAYS),
    )


@page(Permission.SEE_ACCOUNTS)
def key_facts_part(request: PageRequest, pk: int) -> HttpResponse:
    """The header's fields once more, after one was changed on the page."""
    account = account_of(request, pk)
    shown = {"account": account, "day": request.day, "key_facts": key_facts(request, header_known(request, account))}
    return render(request, "web/customers/_key_facts.html", shown)
