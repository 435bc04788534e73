"""All contacts of the customers in sight: found by a part of name, number or address, narrowed by role or account."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from tenure.accounts.access import accounts_for
from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.contacts.details import search_needle
from tenure.accounts.contacts.roles import LABELS, NAMES, holding
from tenure.accounts.merging.members import members_of, survivors
from tenure.accounts.models import Account, Contact, DecisionRole
from tenure.lib.ordering import by
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Chip, Column, Empty, Link, Row, Table, TableState
from tenure.web.contacts.shown import ContactRow, contact_rows

COLUMNS = [
    Column("name", _("Contact")),
    Column("account", _("Customer"), sort=False),
    Column("title", _("Title"), sort=False),
    Column("roles", _("Role in the decision"), sort=False),
    Column("phone", _("Telephone"), sort=False),
    Column("email", _("E-mail"), sort=False),
    Column("wechat", _("WeChat"), sort=False, shown=False),
    Column("last_follow_up", _("Last follow-up"), "relative", sort=False),
    Column("left_on", _("Left on"), "day"),
    Column("joined_on", _("Joined on"), "day", shown=False),
    Column("source", _("Source"), sort=False, shown=False),
]
_BY_NAME = {name: role for role, name in NAMES.items()}
_AT_ONCE = 1_000  # contacts of an export that are looked up together
LEFT = "left"


@dataclass(frozen=True)
class Asked:
    """What the address narrows the list to."""

    table: TableState
    role: DecisionRole | None
    left: bool
    account: Account | None

    @property
    def narrowed(self) -> bool:
        return bool(self.role or self.left or self.account or self.table.search)


@page(Permission.SEE_ACCOUNTS)
def contacts_list(request: PageRequest) -> HttpResponseBase:
    asked = _asked(request)
    scope = _scope(request, asked)
    found = _narrowed(scope, asked, request)
    counts = _counts(scope, request)
    shown = _page(found, asked.table)
    table = Table(
        asked.table,
        list(_rows(contact_rows(shown, request.work_day), _names(shown))),
        sum(count for roles, left, count in counts if _passes(asked, roles, left)),
        empty=_empty(asked, request.member),
        export=export_url(request, CONTACTS, asked.table),
        search_hint=_("Search contacts"),
        caption=_("Contacts"),
        chips=_chips(asked, counts),
    )
    return table.respond(request, "web/contacts/list.html", {"account": asked.account})


def every_contact(request: PageRequest) -> Listed:
    """All that the address asks for."""
    asked = _asked(request)
    found = _narrowed(_scope(request, asked), asked, request)
    return Listed(asked.table, found.count(), _plain_rows(found, request))


CONTACTS = register(Listing("contacts", _("Contacts"), Permission.SEE_ACCOUNTS, "contacts:list", every_contact))


def _asked(request: PageRequest) -> Asked:
    """Raises 404 for an account that is not theirs."""
    table = replace(TableState.read(request, "contacts", COLUMNS, sort="name"), day=request.work_day)
    account = request.GET.get("account", "")
    return Asked(
        table,
        _BY_NAME.get(request.GET.get("role", "")),
        request.GET.get("who") == LEFT,
        get_object_or_404(accounts_for(request.member), pk=whole(account)) if account else None,
    )


def _scope(request: PageRequest, asked: Asked) -> QuerySet[Contact]:
    """What the chips count: everything but the choice they offer."""
    found = contacts_for(request.member)
    if asked.account is not None:
        found = found.filter(account__in=members_of(asked.account.pk))
    if needle := search_needle(asked.table.search):
        found = found.filter(search_text__contains=needle)
    return found


def _narrowed(found: QuerySet[Contact], asked: Asked, request: PageRequest) -> QuerySet[Contact]:
    if asked.role:
        found = found.filter(roles__in=holding(asked.role))
    if asked.left:
        found = found.filter(left_on__lte=request.work_day)
    if asked.table.sort == "name":  # in the order of the index
        return found.order_by(*(["-name", "-pk"] if asked.table.descending else ["name", "pk"]))
    return found.order_by(by(Contact, asked.table.sort, descending=asked.table.descending), "pk")


def _page(found: QuerySet[Contact], table: TableState) -> list[Contact]:
    """The page's contacts: an index finds which they are, so that pages far down read no rows they do not show."""
    keys = list(found.values_list("pk", flat=True)[table.offset : table.offset + table.limit])
    rows = Contact.objects.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _counts(found: QuerySet[Contact], request: PageRequest) -> list[tuple[int, bool, int]]:
    """(roles, whether they left, how many), grouped as the index lies."""
    counted = found.order_by().values_list("roles", "left_on").annotate(Count("pk"))
    return [(roles, left is not None and left <= request.work_day, count) for roles, left, count in counted]


def _passes(asked: Asked, roles: int, left: bool) -> bool:
    return (not asked.role or bool(roles & asked.role)) and (left or not asked.left)


def _chips(asked: Asked, counts: Sequence[tuple[int, bool, int]]) -> list[Chip]:
    def count(role: int, only_left: bool = False) -> int:
        return sum(n for roles, left, n in counts if (not role or roles & role) and (left or not only_left))

    state = asked.table
    chips = [Chip(_("All"), count(0), state.url(role=None, who=None), not asked.role and not asked.left)]
    for role, label in LABELS.items():
        on = asked.role == role
        chips.append(Chip(label, count(role), state.url(role=None if on else NAMES[role], who=None), on))
    chips.append(Chip(_("Left"), count(0, True), state.url(who=None if asked.left else LEFT, role=None), asked.left))
    return chips


def _names(contacts: Iterable[Contact]) -> dict[int, tuple[int, str]]:
    """account -> (the account it is shown as, its name)."""
    last = survivors()
    shown = {each.account_id: last.get(each.account_id, each.account_id) for each in contacts}
    accounts = Account.objects.in_bulk(list(set(shown.values())))
    return {key: (to, str(accounts[to])) for key, to in shown.items()}


def _rows(found: Iterable[ContactRow], names: dict[int, tuple[int, str]]) -> Iterator[Row]:
    for row in found:
        contact = row.contact
        href = reverse("contacts:contact", args=[contact.pk])
        account_id, account = names[contact.account_id]
        cells: dict[str, Any] = {
            **_plain(row),
            "name": Link(contact.name, href, drawer=True),
            "account": Link(account, reverse("customers:page", args=[account_id])),
            "roles": format_html_join(" ", '<span class="tag tone-{1}">{0}</span>', row.roles),
            "phone": Link(*row.phones[0]) if row.phones else None,
            "email": Link(contact.email, f"mailto:{contact.email}") if contact.email else None,
        }
        yield Row(cells, href=href, drawer=href)


def _plain(row: ContactRow) -> dict[str, Any]:
    contact = row.contact
    return {
        "name": contact.name,
        "title": contact.title,
        "roles": ", ".join(str(word) for word, _tone in row.roles),
        "phone": ", ".join(contact.phones),
        "email": contact.email,
        "wechat": contact.wechat,
        "last_follow_up": row.last_follow_up,
        "left_on": contact.left_on,
        "joined_on": contact.joined_on,
        "source": contact.source,
    }


def _plain_rows(found: QuerySet[Contact], request: PageRequest) -> Iterator[Row]:
    """Every page's rows without links, looked up a thousand at a time."""
    waiting: list[Contact] = []
    for contact in found.iterator(_AT_ONCE):
        waiting.append(contact)
        if len(waiting) == _AT_ONCE:
            yield from _plain_some(waiting, request)
            waiting = []
    yield from _plain_some(waiting, request)


def _plain_some(contacts: list[Contact], request: PageRequest) -> Iterator[Row]:
    names = _names(contacts)
    for row in contact_rows(contacts, request.work_day):
        yield Row({**_plain(row), "account": names[row.contact.account_id][1]})


def _empty(asked: Asked, member: Member) -> Empty:
    if asked.narrowed:
        clear = reverse("contacts:list")
        return Empty(_("No contact matches"), _("Take a filter away."), _("Clear filters"), clear, icon="filter")
    text = _(
        "Who decides, who speaks for you, who is against: when one of them leaves, the renewal is at risk. Add "
        "contacts on a customer's page, or import a list of them."
    )
    customers = reverse("customers:list")
    if not allows(member, Permission.IMPORT):
        return Empty(_("No contacts yet"), text, _("Open the customers"), customers, "users")
    imports = f"{reverse('imports:new')}?kind=contacts"
    return Empty(_("No contacts yet"), text, _("Open the customers"), customers, "users", _("Import a file"), imports)
