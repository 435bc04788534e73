"""Lists that can be taken away as a file. A page names its list once; its files, jobs and the command line follow.

    CONTACTS = register(Listing("contacts", _("Contacts"), Permission.SEE_ACCOUNTS, "contacts:list", every_contact))

`every_contact` reads a request like the page does and gives all that it asks for: `Listed(state, total, rows)`. The
page's table says `export=export_url(request, CONTACTS, state)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import get_resolver, reverse

from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest
from tenure.ui.table import Row, TableState
from tenure.ui.text import Text


@dataclass(frozen=True)
class Listed:
    """All that a request asks for, beyond the page: how many rows, and the rows, made one by one as they are taken.

    `problem`: why what is asked for cannot be understood; then there are no rows.
    """

    state: TableState
    total: int
    rows: Iterable[Row]
    problem: str = ""


@dataclass(frozen=True)
class Listing:
    """`name` is that of files and of the command line; `page` the name of the route the list stands on."""

    name: str
    title: Text
    permission: Permission
    page: str
    read: Callable[[PageRequest], Listed]


_listings: dict[str, Listing] = {}


def register(listing: Listing) -> Listing:
    """Makes a list known, when the module of its page is imported."""
    _listings[listing.name] = listing
    return listing


def listings() -> dict[str, Listing]:
    """Every list by its name, in the order of the names."""
    get_resolver().url_patterns  # noqa: B018 — imports every page, in a worker or command too
    return dict(sorted(_listings.items()))


def title_of(name: str) -> str:
    """What people call the list; its name when it is not known here."""
    return str(_listings[name].title) if name in _listings else name


def export_url(request: PageRequest, listing: Listing, state: TableState, **more: str | int) -> str:
    """Where files of the list as the request asks for it are made; empty for those who may not. `more`: parameters."""
    if not (allows(request.member, Permission.EXPORT) and allows(request.member, listing.permission)):
        return ""
    query = urlencode({**state.parameters, **more}, doseq=True)
    return f"{reverse('exports:make', args=[listing.name])}{f'?{query}' if query else ''}"
