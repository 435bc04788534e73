"""The tabs above the customers list, and the addresses of views."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.remembered.remember import remembered
from tenure.segments.access import views_for
from tenure.segments.models import FirstView, View
from tenure.segments.views.saving import COLUMNS, KEPT
from tenure.ui.page import PageRequest

PARAMETER = "view"
ALL = "0"  # the list without a view, for whom it would open in one


@dataclass(frozen=True)
class Tab:
    name: str
    href: str
    here: bool
    first: bool = False
    shared: str = ""


@dataclass(frozen=True)
class Tabs:
    """The first is all customers. `may_save`: the button that opens the drawer is there in no view, too."""

    tabs: list[Tab]
    may_save: bool

    @property
    def here(self) -> bool:
        """Whether the list shows a view."""
        return any(tab.here for tab in self.tabs[1:])


def tabs(request: PageRequest) -> Tabs:
    """One's own views first, then those shared with one, by name."""
    here = request.GET.get(PARAMETER, "")
    day = {"day": request.GET["day"]} if request.GET.get("day") else {}
    found = _seen(request.member)
    if not found:
        return Tabs([], allows(request.member, Permission.SAVE_SEGMENTS))
    first = _first(request.member)
    shown = [
        Tab(
            view.name,
            address_of(view, day),
            here == str(view.pk),
            view.pk == first,
            str(view.owner or "") if view.owner_id != request.member.pk else "",
        )
        for view in found
    ]
    every = f"{reverse('customers:list')}?{urlencode({PARAMETER: ALL, **day})}"
    return Tabs(
        [Tab(_("All customers"), every, not any(tab.here for tab in shown)), *shown],
        allows(request.member, Permission.SAVE_SEGMENTS),
    )


@remembered
def _seen(member: Member) -> Sequence[View]:
    """The views the member sees: their own first, then by name."""
    seen = views_for(member).filter(archived_at=None)
    return sorted(seen, key=lambda view: (view.owner_id != member.pk, view.name.casefold(), view.pk))


@remembered
def _first(member: Member) -> int | None:
    """The key of the view in which the list opens for the member."""
    return FirstView.objects.filter(member=member).values_list("view_id", flat=True).first()


def address_of(view: View, more: dict[str, str] | None = None) -> str:
    """The list as the view keeps it, in the order of KEPT: PostgreSQL keeps none of its own."""
    kept = {key: view.query[key] for key in KEPT if key in view.query}
    query = {PARAMETER: str(view.pk), **kept, **(more or {})}
    return f"{reverse('customers:list')}?{urlencode(query)}"


def opens_in(request: PageRequest) -> str:
    """Where an address leads that names nothing but a view, or nothing at all; empty when it stays.

    One that names a view and what it narrows to, but no columns, comes back from a customer: it gets the view's.
    """
    asked = request.GET.get(PARAMETER)
    is_bare = not set(request.GET) - {PARAMETER, "day"}
    if request.htmx or asked == ALL or not (is_bare or asked) or COLUMNS in request.GET:
        return ""
    views = _seen(request.member)
    wanted = (_first(request.member) if views else None) if asked is None else whole(asked)
    view = next((each for each in views if each.pk == wanted), None)
    if view is None or not (view.query if is_bare else COLUMNS in view.query):
        return ""
    given = request.GET.dict()
    return (
        address_of(view, given) if is_bare else f"{request.path}?{urlencode({**given, COLUMNS: view.query[COLUMNS]})}"
    )
