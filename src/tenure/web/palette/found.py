"""Customers, contacts, users and segments as lines of the palette."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for, users_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.models import Account, Contact, User
from tenure.accounts.search.finding import find
from tenure.accounts.search.telling import Found, recalled
from tenure.core.search.keys import Place
from tenure.core.search.matching import Asked, Match, match
from tenure.segments.access import names_in_use, segments_for
from tenure.segments.models import Segment
from tenure.ui.page import PageRequest
from tenure.web.palette.items import Group, Item
from tenure.web.palette.verbs import THEN

SHOWN: Final = 6

#: By model: its icon, and the route of a row's page.
_SHOWN_AS: Final[dict[type[Model], tuple[str, str]]] = {
    Account: ("building", "customers:page"),
    Contact: ("address-book", "contacts:contact"),
    User: ("user", "customers:user"),
    Segment: ("circles", "segments:segment"),
}


def found(request: PageRequest, wanted: Asked, typed: str) -> list[Group]:
    """Rows the text finds among what the member may see."""
    rows = find(request.member, wanted, typed, SHOWN)
    titles = {Account: _("Customers"), Contact: _("Contacts"), User: _("Users")}
    groups = [Group(title, list(lines(request, model, rows.get(model, ()), wanted))) for model, title in titles.items()]
    segments = names_in_use(request.member)
    met = [(each.place, Found(pk, name, "")) for pk, name in segments if (each := match(name, wanted, inside=True))]
    best = [row for _place, row in sorted(met, key=lambda each: each[0])[:SHOWN]]
    return [*groups, Group(_("Segments"), list(lines(request, Segment, best, wanted)))]


def accounts_to_choose(request: PageRequest, wanted: Asked, typed: str, then: str) -> list[Group]:
    """Customers alone, to go on with what was begun; without a text the first ones by name."""
    if wanted.text:
        rows = find(request.member, wanted, typed, 2 * SHOWN).get(Account, [])
    else:
        accounts = accounts_for(request.member)
        first = list(accounts.order_by("name", "pk").values_list("pk", flat=True)[: 2 * SHOWN])
        rows = recalled(Account, accounts, first)
    return [Group(_("Which customer?"), list(lines(request, Account, rows, wanted, then)))]


def visible(request: PageRequest, model: type[Model], row_ids: Sequence[int]) -> list[Found]:
    """Those of the rows that are there and that the member may see."""
    if model is Segment:
        names = dict(segments_for(request.member).filter(pk__any_of=row_ids).values_list("pk", "name"))
        return [Found(row_id, names[row_id], "") for row_id in row_ids if row_id in names]
    rows: QuerySet[Any]
    if model is Account:
        rows = accounts_for(request.member)
    else:
        rows = contacts_for(request.member) if model is Contact else users_for(request.member)
    return recalled(model, rows, row_ids)


def lines(
    request: PageRequest, model: type[Model], rows: Sequence[Found], wanted: Asked, then: str = ""
) -> Iterator[Item]:
    """A line for each row, with what was looked for."""
    icon, route = _SHOWN_AS[model]
    for row in rows:
        address = with_day(request, _address(route, row.row_id))
        in_name = match(row.name, wanted, inside=True)
        detail, in_detail = _told(row, wanted) if in_name is None else (row.detail, None)
        met = in_name or in_detail
        yield Item(
            row.name,
            icon,
            "" if then else address,
            detail,
            in_name.signs if in_name else (),
            in_detail.signs if in_detail else (),
            drawer=_address(THEN[then], row.row_id) if then else "",
            ref=f"{model._meta.model_name}:{row.row_id}",
            place=met.place if met else Place.START,
        )


def with_day(request: PageRequest, address: str) -> str:
    """Keeps the as-of day that the address of the page at hand names."""
    return f"{address}?day={request.day.isoformat()}" if request.GET.get("day") else address


def _address(route: str, row_id: int) -> str:
    return _pattern(route).replace("/0/", f"/{row_id}/")


@cache
def _pattern(route: str) -> str:
    """Of row 0, looked up once: a list of lines asks for many."""
    return reverse(route, args=[0])


def _told(row: Found, wanted: Asked) -> tuple[str, Match | None]:
    """The text the row was found by, in place of its usual detail."""
    for text in (row.detail, *row.others):
        if met := match(text, wanted, inside=True):
            return text, met
    return row.detail, None
