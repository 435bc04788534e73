"""The customers list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tenure.accounts.access import accounts_for
from tenure.accounts.assignments.reading import names_in_charge
from tenure.accounts.hierarchy import groups_of
from tenure.people.permissions import Permission, allows
from tenure.segments.tags.tag import Tag, tags_field, tags_of
from tenure.ui.bulk import Bulk, Verb
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Empty, Link, Row, Table, TableState
from tenure.warehouse.current import store
from tenure.warehouse.store import AccountQuery
from tenure.web.customers.book import Customer, customers, customers_in_turn, ordered_ids
from tenure.web.customers.charge import charge_menu
from tenure.web.customers.chips import state_chips
from tenure.web.customers.columns import EXTERNAL_ID, GROUP, LAST_SEEN, TAGS
from tenure.web.customers.condition import condition_menus, condition_note
from tenure.web.customers.filters import ListFilter, kept, read_filter
from tenure.web.customers.group import group_menu
from tenure.web.customers.last_seen import last_seen
from tenure.web.tags.menu import tag_menu, tag_question
from tenure.web.tags.shown import badges
from tenure.web.views.tabs import opens_in, tabs

NOT_EMPTY = Empty("")  # what an empty list would say is looked up for an empty list only


@page(Permission.SEE_ACCOUNTS)
def customers_list(request: PageRequest) -> HttpResponseBase:
    if elsewhere := opens_in(request):
        return redirect(elsewhere)
    table = customers_table(request, read_filter(request), kept(request.GET))
    return table.respond(request, "web/customers/list.html", {"views": partial(tabs, request)})


def every_customer(request: PageRequest) -> Listed:
    """Everybody the address asks for."""
    asked = read_filter(request)
    ids = ordered_ids(store(), asked.query)
    found = customers_in_turn(store(), asked.query, ids)
    taken = chain.from_iterable(rows(some, asked, "") for some in found)
    return Listed(_with_id(asked.table), len(ids), taken, asked.meant.problem)


CUSTOMERS = register(Listing("customers", _("Customers"), Permission.SEE_ACCOUNTS, "customers:list", every_customer))


def customers_table(request: PageRequest, asked: ListFilter, suffix: str) -> Table:
    """The list's table; `suffix` is what the links to a customer carry along."""
    total, found = customers(store(), asked.query)
    chips = state_chips(store(), request.day, asked)
    tags = tags_of(tags_field())
    return Table(
        asked.table,
        list(rows(found, asked, suffix)),
        total,
        empty=NOT_EMPTY if total else _empty(request, asked, has_numbers=bool(chips) or asked.meant.asked),
        export=export_url(request, CUSTOMERS, asked.table, **asked.meant.page),
        search_hint=_("Search customers"),
        caption=_("Customers"),
        chips=chips,
        menus=[
            *charge_menu(request, asked.table, asked.charge),
            *group_menu(request, asked.table, asked.group),
            *tag_menu(asked.table, asked.meant.tag, tags),
            *condition_menus(request, asked.table, asked.meant),
        ],
        note=condition_note(asked.table, asked.meant),
        bulk=_bulk(request, tags),
    )


def rows(found: Iterable[Customer], asked: ListFilter, suffix: str) -> Iterator[Row]:
    """Table rows; `suffix` is what the links to a customer carry along."""
    found = list(found)
    keys = [column.key for column in asked.table.chosen if column.key in asked.columns.metrics]
    in_charge = _in_charge(found, asked)
    tops = groups_of([customer.id for customer in found]) if GROUP in asked.table.chosen else {}
    tags = badges([customer.id for customer in found], asked.charge.moment) if TAGS in asked.table.chosen else {}
    stem, slash = reverse("customers:page", args=[0]).rsplit("0", 1)
    for customer in found:
        href = f"{stem}{customer.id}{slash}"
        yield Row(
            {
                **_cells(customer, dict(zip(keys, customer.values, strict=True)), f"{href}{suffix}", asked.query),
                **in_charge.get(customer.id, {}),
                "group": str(tops[customer.id]) if customer.id in tops else None,
                "tags": tags.get(customer.id),
            },
            href=f"{href}{suffix}",
            drawer=f"{href}drawer/{suffix}",
            key=str(customer.id),
        )


def _bulk(request: PageRequest, tags: Mapping[str, Tag]) -> Bulk | None:
    """What may be done with chosen customers."""
    verbs = []
    if allows(request.member, Permission.ASSIGN):
        action = reverse("team:hand_over_chosen")
        verbs.append(Verb(_("Put somebody in charge"), "verb", "preview", action))
    if allows(request.member, Permission.EDIT_FIELDS):
        verbs.append(Verb(_("Change a field"), "verb", "fields", reverse("cards:bulk")))
        if ask := tag_question(tags):
            return Bulk(
                reverse("tags:change_many"),
                "account",
                verbs,
                ask=ask,
                ask_verbs=[Verb(pgettext("tag", "Take off"), "off", "1")],
            )
    return Bulk(verbs[0].action, "account", verbs) if verbs else None


def _with_id(table: TableState) -> TableState:
    """A file names each customer by its own id too, chosen or not."""
    first, *rest = [column for column in table.chosen if column is not EXTERNAL_ID]
    return replace(table, chosen=[first, EXTERNAL_ID, *rest])


def _cells(customer: Customer, values: dict[str, Any], href: str, query: AccountQuery) -> Mapping[str, Any]:
    if LAST_SEEN in values:
        values[LAST_SEEN] = last_seen(values[LAST_SEEN], query.day)
    sub = customer.external_id if customer.external_id != customer.name else ""
    return {
        **values,
        "name": Link(customer.name, href, sub=sub),
        "external_id": customer.external_id,
        "health": customer.state,
        "score": customer.score,
        "trend": customer.trend,
        "change": customer.change,
    }


def _in_charge(found: Sequence[Customer], asked: ListFilter) -> dict[int, dict[str, str]]:
    """{account: {column: names}} of the columns of roles that are shown."""
    columns = {
        asked.columns.roles[each.key].pk: each.key for each in asked.table.chosen if each.key in asked.columns.roles
    }
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    if columns:
        held = names_in_charge([customer.id for customer in found], list(columns), asked.charge.moment)
        for (account, role), names in held.items():
            cells[account][columns[role]] = ", ".join(names)
    return cells


def _empty(request: PageRequest, asked: ListFilter, *, has_numbers: bool) -> Empty:
    if asked.narrowed and has_numbers:
        clear = asked.table.url(q=None, state=None, charge=None, group=None, tag=None, segment=None, condition=None)
        return Empty(_("No customer matches"), _("Take a filter away."), _("Clear filters"), clear, icon="filter")
    if accounts_for(request.member).exists():
        text = _("Customers are there, but their numbers of this day are not computed. Choose another day.")
        return Empty(_("No numbers for this day"), text, icon="calendar")
    if not allows(request.member, Permission.IMPORT):
        return Empty(_("No customers yet"), _("They appear here once they are put in your charge."), icon="building")
    return Empty(
        _("No customers yet"),
        _("Import a list of them, or connect your product: they appear with the first event that names its account."),
        _("Import a file"),
        f"{reverse('imports:new')}?kind=accounts",
        "building",
        _("Connect a source"),
        reverse("events:sources"),
    )
