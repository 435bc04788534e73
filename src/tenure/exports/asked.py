"""What of a list a program or a command asks for. What a page passes over in silence is refused here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tenure.exports.making import CannotExport, readable
from tenure.people.models import Member
from tenure.ui.listing import Listed, Listing
from tenure.ui.page import request_of

_CUSTOMERS: Final = "customers"


@dataclass(frozen=True)
class Asked:
    """Empty parts ask for nothing. `view` and `where` are parts of the page's address; the other parts win over them.

    `segment` is its id, `condition` JSON text; these and a view narrow customers. `sort` is a column's key, with a
    minus before it the largest first.
    """

    day: date | None = None
    segment: int | None = None
    condition: str = ""
    search: str = ""
    sort: str = ""
    columns: Collection[str] = ()
    view: Mapping[str, str] | None = None
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The address of the page's list."""
        parts = {
            "day": self.day.isoformat() if self.day else "",
            "segment": self.segment or "",
            "condition": self.condition,
            "q": self.search,
            "sort": self.sort,
            "columns": ",".join(self.columns),
        }
        return urlencode({**(self.view or {}), **self.where, **{name: part for name, part in parts.items() if part}})

    def read(self, listing: Listing, member: Member) -> Listed:
        """The list as the member sees it. Raises CannotExport, and Http404 when what it is narrowed to is not there."""
        if listing.name != _CUSTOMERS and (self.segment or self.condition or self.view is not None):
            raise CannotExport(_("Segments, conditions and views narrow customers, and no other list."))
        listed = readable(listing.read(request_of(member, self.query)))
        self._check(listed)
        return listed

    def _check(self, listed: Listed) -> None:
        known = [column.key for column in listed.state.columns]
        sort = self.sort.removeprefix("-")
        if unknown := sorted({*self.columns, *filter(None, [sort])} - set(known)):
            said = {"name": unknown[0], "all": ", ".join(known)}
            raise CannotExport(_("There is no column “%(name)s”. There are: %(all)s.") % said)
        if sort and listed.state.sort != sort:
            raise CannotExport(_("This list cannot be sorted by “%(name)s”.") % {"name": sort})
