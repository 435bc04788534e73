"""Customers, contacts, users and segments as lines of the palette."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for, users_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.models import Account, Contact, User
from tenure.accounts.search.finding import find
from tenure.core.search.keys import Place
from tenure.core.search.matching import Asked, match
from tenure.segments.access import segments_for
from tenure.segments.models import Segment
from tenure.ui.page import PageRequest
from tenure.web.palette.items import Group, Item
from tenure.web.palette.verbs import THEN

SHOWN: Final = 6

#: A row's title, its usual detail, and whatever else it may have been found by.
Texts = tuple[str, str, Sequence[str]]


def found(request: PageRequest, wanted: Asked, typed: str) -> list[Group]:
    """Rows the text finds among what the member may see."""
    rows = find(request.member, wanted, typed, SHOWN)
    groups = [
        Group(title, list(lines(request, model, rows[model], wanted)))
        for model, title in ((Account, _("Customers")), (Contact, _("Contacts")), (User, _("Users")))
        if model in rows
    ]
    segments = segments_for(request.member).filter(archived_at=None).order_by("name", "pk").values_list("pk", "name")
    met = [(found.place, pk) for pk, name in segments if (found := match(name, wanted, inside=True))]
    best = [pk for _place, pk in sorted(met, key=lambda each: each[0])[:SHOWN]]
    return [*groups, Group(_("Segments"), list(lines(request, Segment, best, wanted)))]


def accounts_to_choose(request: PageRequest, wanted: Asked, typed: str, then: str) -> list[Group]:
    """Customers alone, to go on with what was begun; without a text the first ones by name."""
    if wanted.text:
        ids = find(request.member, wanted, typed, 2 * SHOWN).get(Account, [])
    else:
        ids = list(accounts_for(request.member).order_by("name", "pk").values_list("pk", flat=True)[: 2 * SHOWN])
    return [Group(_("Which customer?"), list(lines(request, Account, ids, wanted, then)))]


def lines(
    request: PageRequest, model: type[Model], ids: Sequence[int], wanted: Asked, then: str = ""
) -> Iterator[Item]:
    """A line for each of the rows the member may see, in this order."""
    if not ids:
        return
    rows, icon, page, texts_of = _OF[model]
    visible: QuerySet[Any] = rows(request)
    texts = {row.pk: texts_of(row) for row in visible.filter(pk__any_of=ids)}
    for pk in ids:
        if pk not in texts:
            continue
        title, detail, others = texts[pk]
        in_title = match(title, wanted, inside=True)
        told, met = _told(detail, others, wanted) if in_title is None else (detail, None)
        address = reverse(page, args=[pk])
        yield Item(
            title,
            icon,
            "" if then else with_day(request, address),
            told,
            in_title.signs if in_title else (),
            met.signs if met else (),
            drawer=reverse(THEN[then], args=[pk]) if then else with_day(request, address) if model is User else "",
            ref=f"{model._meta.model_name}:{pk}",
            place=in_title.place if in_title else met.place if met else Place.START,
        )


def with_day(request: PageRequest, address: str) -> str:
    """Keeps the as-of day that the address of the page at hand names."""
    return f"{address}?day={request.day.isoformat()}" if request.GET.get("day") else address


def _told(detail: str, others: Sequence[str], wanted: Asked) -> tuple[str, Any]:
    """The text it was found by, in place of its usual detail."""
    for text in (detail, *others):
        if met := match(text, wanted, inside=True):
            return text, met
    return detail, None


def _account(row: Account) -> Texts:
    return str(row), row.external_id if row.name else "", ()


def _contact(row: Contact) -> Texts:
    detail = " · ".join(filter(None, (row.title, str(row.account))))
    return str(row), detail, (row.email, row.wechat, row.external_id, *row.phones)


def _user(row: User) -> Texts:
    return str(row), row.email if row.name else "", ()


def _segment(row: Segment) -> Texts:
    return row.name, "", ()


_OF: Final[Mapping[type[Model], tuple[Callable[[PageRequest], Any], str, str, Callable[[Any], Texts]]]] = {
    Account: (
        lambda request: accounts_for(request.member).only("pk", "name", "external_id"),
        "building",
        "customers:page",
        _account,
    ),
    Contact: (
        lambda request: contacts_for(request.member).select_related("account").defer("account__traits", "note"),
        "address-book",
        "contacts:contact",
        _contact,
    ),
    User: (
        lambda request: users_for(request.member).only("pk", "name", "email"),
        "user",
        "customers:user",
        _user,
    ),
    Segment: (lambda request: segments_for(request.member), "circles", "segments:segment", _segment),
}
