"""What the follow-up form offers while one types: customers, people of both sides, members to mention."""

from typing import Any

from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from tenure.accounts.access import accounts_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.contacts.details import search_needle
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Field, User
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.work.draft import CONTACT, MEMBER, PERSON
from tenure.web.work.fields import offered

SHOWN = 8
FIELDS_SHOWN = 100


@page(Permission.SEE_ACCOUNTS)
def accounts(request: PageRequest) -> JsonResponse:
    """Customers by part of their name or id."""
    text = _asked(request)
    found = accounts_for(request.member).filter(Q(name__icontains=text) | Q(external_id__icontains=text))
    rows = found.order_by("name", "pk").values_list("pk", "name", "external_id")[:SHOWN]
    return _choices([(str(pk), name or external_id, external_id if name else "") for pk, name, external_id in rows])


@page(Permission.SEE_ACCOUNTS)
def people(request: PageRequest) -> JsonResponse:
    """Who may have taken part: the customer's people, then members."""
    text, key = _asked(request), whole(request.GET.get("account", ""))
    rows: list[tuple[str, str, str]] = []
    if key is not None:
        account = get_object_or_404(accounts_for(request.member), pk=key)
        rows += _customer_people(account, text, request.member)
    rows += [(f"{MEMBER}{member.pk}", str(member), member.email) for member in _members(text)]
    return _choices(rows[: 2 * SHOWN])


@page(Permission.SEE_ACCOUNTS)
def members(request: PageRequest) -> JsonResponse:
    """Members to mention or to make responsible, by part of their name."""
    return _choices([(str(member.pk), str(member), member.email) for member in _members(_asked(request))])


@page(Permission.EDIT_FIELDS)
def fields(request: PageRequest) -> JsonResponse:
    """Fields of profile cards one may change, by part of their name or their card's, in any language."""
    text = _asked(request).casefold()
    found = [each for each in offered(request.member).values() if text in _called(each)]
    return _choices([(str(field.pk), str(field), str(field.card)) for field in found[:FIELDS_SHOWN]])


def _called(field: Field) -> str:
    """Every name of the field and of its card."""
    names = (each for named in (field, field.card) for each in (named.name, *named.names.values()))
    return "\n".join(names).casefold()


def _customer_people(account: Account, text: str, member: Member) -> list[tuple[str, str, str]]:
    """The account's contacts, then its users who are none of them, by name."""
    together = members_of(account.pk)
    own = contacts_for(member).filter(account__in=together, left_on=None, search_text__contains=search_needle(text))
    rows = [(f"{CONTACT}{each.pk}", each.name, each.title or str(account)) for each in own.order_by("name")[:SHOWN]]
    users = User.objects.filter(links__account__in=together, merged_into=None, excluded_at=None, contacts=None)
    found = users.exclude(name="").filter(Q(name__icontains=text) | Q(email__icontains=text)).order_by("name")
    names = dict.fromkeys(found.values_list("name", flat=True)[: 4 * SHOWN])
    return (rows + [(f"{PERSON}{name}", name, str(account)) for name in names])[:SHOWN]


def _members(text: str) -> list[Member]:
    found = Member.objects.filter(is_active=True).filter(Q(name__icontains=text) | Q(email__icontains=text))
    return list(found.order_by("name", "email")[:SHOWN])


def _asked(request: PageRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:200]


def _choices(rows: list[tuple[str, str, str]]) -> JsonResponse:
    shown: list[dict[str, Any]] = [{"value": value, "label": label, "sub": sub} for value, label, sub in rows]
    return JsonResponse({"choices": shown})
