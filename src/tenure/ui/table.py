"""The one table: columns, the state a URL holds (sort, search, page, chosen columns) and the rows of one page.

    state = TableState.read(request, "customers", COLUMNS, sort="name")
    found = store().accounts(AccountQuery(order_by=state.sort, descending=state.descending, search=state.search,
                                          limit=state.limit, offset=state.offset, ...))
    table = Table(state, [Row({"name": Link("Acme", url)}, ...)], found.total, empty=Empty(_("No customers yet")),
                  export=export_url(request, CUSTOMERS, state))
    return table.respond(request, "web/customers/list.html", {...})

and `{% table table %}` in the template. Sorting, searching and paging swap the table alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from tenure.lib.whole import whole
from tenure.ui.bulk import Bulk
from tenure.ui.text import Text

PAGE_SIZE = 50

Kind = Literal[
    "text",  # str, Link, Badge or a tuple of Badges
    "words",  # a longer text, with a line of its own on a phone
    "number",  # int or float; `digits` fixes the decimals
    "compact",  # int or float as 12.3k
    "share",  # 0.62 as 62%
    "share_bar",  # a share with a small bar
    "change",  # a relative change, signed, with an arrow
    "points",  # a difference in points, signed, with an arrow
    "days",  # a count of days
    "day",  # datetime.date as 2026-11-22
    "relative",  # datetime.date as "3 days ago", seen from the as-of day, the date on hover; or words
    "moment",  # aware datetime
    "state",  # HealthState code
    "spark",  # sequence of numbers or None, oldest first
    "spread",  # how many are in each health state, in the order of states.LOOKS
]
NUMERIC: frozenset[str] = frozenset({"number", "compact", "share", "share_bar", "change", "points", "days"})


@dataclass(frozen=True)
class Column:
    """A column. `key` names the row's cell and the sort; `shown` is the choice before a person made one.

    The first column of a table stays in sight and cannot be left out. `help` says how the number is computed.
    The first click on a number's or a date's header sorts from the largest.
    """

    key: str
    label: Text
    kind: Kind = "text"
    sort: bool = True
    shown: bool = True
    help: Text = ""
    digits: int | None = None
    export: bool = True
    scale: tuple[float, float] | None = None  # bottom and top of a spark; without it, its own least and most

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def descending_first(self) -> bool:
        return self.numeric or self.kind in ("day", "moment", "relative")


@dataclass(frozen=True)
class Link:
    """Text that leads somewhere; `sub` is a quieter second line, `drawer` opens the address in the drawer."""

    text: Text
    href: str
    sub: Text = ""
    drawer: bool = False


@dataclass(frozen=True)
class Badge:
    """A short word in a tone: accent, healthy, average, at-risk, unknown."""

    text: Text
    tone: str = "unknown"


@dataclass(frozen=True)
class Row:
    """One row: cells by column key (a missing one is empty). `href` is its page, `drawer` the short form of it.

    `key` is what a bulk verb is told; a row without one cannot be chosen.
    """

    cells: Mapping[str, Any]
    href: str = ""
    drawer: str = ""
    key: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty table says, the next step, and another way."""

    title: Text
    text: Text = ""
    action: Text = ""
    href: str = ""
    icon: str = "table"
    other: Text = ""
    other_href: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter above the table: how many rows it keeps, and where a click leads. Chips with a tone also make a bar."""

    label: Text
    count: int
    href: str
    active: bool = False
    tone: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A choice of a menu: where it leads, and whether it is the one in force."""

    label: Text
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Menu:
    """A filter with more choices than chips can show: a button above the table that says the choice in force.

    `items` are asked for when it is opened, at the list's address with `menu` = `key`. `drawer`: the button opens this
    address in the drawer and has no items.
    """

    key: str
    label: Text
    icon: str
    items: Callable[[], Sequence[MenuItem]] = tuple
    active: bool = False
    drawer: str = ""


@dataclass(frozen=True)
class Note:
    """What the rows are narrowed to, in words, and where a click takes that away; `wrong`: why there are none."""

    text: Text
    href: str
    wrong: bool = False


@dataclass(frozen=True)
class TableState:
    """What the URL says about a table. `query` is the whole of the request's parameters, filters included."""

    name: str
    columns: Sequence[Column]
    chosen: Sequence[Column]
    sort: str
    descending: bool
    search: str
    page: int
    query: QueryDict
    path: str
    day: date | None = None
    page_size: int = PAGE_SIZE

    @classmethod
    def read(
        cls,
        request: HttpRequest,
        name: str,
        columns: Sequence[Column],
        *,
        sort: str,
        descending: bool = False,
        page_size: int = PAGE_SIZE,
    ) -> "TableState":
        """Reads `sort` ("key" or "-key"), `q`, `page` and `columns`; anything unknown falls back to the default.

        A person's own choice of columns is kept in the session; columns named in the URL win.
        """
        asked = request.GET.get("sort", "")
        sortable = {column.key for column in columns if column.sort}
        if asked.removeprefix("-") in sortable:
            sort, descending = asked.removeprefix("-"), asked.startswith("-")
        return cls(
            name=name,
            columns=columns,
            chosen=_chosen(request, name, columns),
            sort=sort,
            descending=descending,
            search=request.GET.get("q", "").replace("\0", "").strip()[:200],
            page=max(1, whole(request.GET.get("page", ""), 6) or 1),
            query=request.GET,
            path=request.path,
            day=getattr(request, "day", None),
            page_size=page_size,
        )

    @property
    def limit(self) -> int:
        return self.page_size

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What the address asks for, whatever page of it."""
        return {key: values for key, values in self.query.lists() if key not in _NOT_KEPT}

    def url(self, **changes: str | int | None) -> str:
        """This page's address with some parameters changed; None takes one away. It leads to page 1 unless it says."""
        query = self.parameters
        query |= {key: [] if value is None else [str(value)] for key, value in changes.items()}
        found = urlencode(query, doseq=True)
        return f"{self.path}?{found}" if found else self.path


COLUMNS = "columns"
_NOT_KEPT = frozenset({"page", "keep", "menu"})


def _chosen(request: HttpRequest, name: str, columns: Sequence[Column]) -> Sequence[Column]:
    known = {column.key for column in columns}
    slot = f"columns:{name}"
    wanted = [key for part in request.GET.getlist("columns") for key in part.split(",") if key in known]
    if request.GET.get("keep"):
        request.session[slot] = wanted
    if not wanted:
        wanted = [key for key in request.session.get(slot, ()) if key in known]
    if not wanted:
        wanted = [column.key for column in columns if column.shown]
    return [column for column in columns if column.key in wanted or column is columns[0]]


@dataclass(frozen=True)
class Head:
    """A column's head: where a click leads, the arrow and the word for screen readers when it sorts."""

    column: Column
    url: str = ""
    arrow: str = ""
    aria: str = ""


_ARIA = {True: "descending", False: "ascending"}


@dataclass(frozen=True)
class Table:
    """One page of rows out of `total`, and what is said when there are none."""

    state: TableState
    rows: Sequence[Row]
    total: int
    empty: Empty
    searchable: bool = True
    export: str = ""  # where files of the list are made (listing.export_url)
    search_hint: Text = ""
    caption: Text = ""
    chips: Sequence[Chip] = ()
    menus: Sequence[Menu] = ()
    note: Note | None = None
    bulk: Bulk | None = None

    @property
    def id(self) -> str:
        return f"table-{self.state.name}"

    @property
    def part_id(self) -> str:
        return f"{self.id}-part"

    @property
    def bulk_id(self) -> str:
        return f"{self.id}-bulk"

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.state.page_size))

    @property
    def first(self) -> int:
        return min(self.state.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.state.offset + len(self.rows), self.total)

    @property
    def bare(self) -> bool:
        """Whether there is nothing yet, not even behind a filter: then there is nothing to search, sort or choose."""
        narrowed = self.state.search or self.note or any(menu.active for menu in self.menus)
        return not (self.total or narrowed or any(chip.count for chip in self.chips))

    @property
    def bar(self) -> list[tuple[Chip, int, int]]:
        """(chip, from, width) of those with a tone, in rows; empty when there are none."""
        parts, start = [], 0
        for chip in self.chips:
            if chip.tone and chip.count:
                parts.append((chip, start, chip.count))
                start += chip.count
        return parts

    @property
    def bar_length(self) -> int:
        return sum(width for _chip, _start, width in self.bar)

    @property
    def columns_url(self) -> str:
        """Where the choice of columns is asked for."""
        return self.state.url(menu=COLUMNS)

    @property
    def menu_urls(self) -> list[tuple[Menu, str]]:
        """Each menu, and where its items are asked for."""
        return [(menu, self.state.url(menu=menu.key)) for menu in self.menus]

    @property
    def heads(self) -> list["Head"]:
        return [self._head(column) for column in self.state.chosen]

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        return [(column, column in self.state.chosen) for column in self.state.columns[1:]]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters a new search keeps: filters, sort, day, columns."""
        return self._pairs("q")

    @property
    def kept_with_search(self) -> list[tuple[str, str]]:
        """The parameters a new choice of columns keeps."""
        return self._pairs(COLUMNS)

    @property
    def previous_url(self) -> str:
        return self.state.url(page=self.state.page - 1) if 1 < self.state.page <= self.pages else ""

    @property
    def next_url(self) -> str:
        return self.state.url(page=self.state.page + 1) if self.state.page < self.pages else ""

    @property
    def first_url(self) -> str:
        return self.state.url()

    @property
    def here_url(self) -> str:
        """This very list: what a verb comes back to."""
        return self.state.url(page=self.state.page if self.state.page > 1 else None)

    @property
    def cleared_url(self) -> str:
        return self.state.url(q=None)

    def _head(self, column: Column) -> "Head":
        if not column.sort:
            return Head(column)
        sorted_by = column.key == self.state.sort
        descending = not self.state.descending if sorted_by else column.descending_first
        url = self.state.url(sort=f"-{column.key}" if descending else column.key)
        if not sorted_by:
            return Head(column, url)
        return Head(column, url, "↓" if self.state.descending else "↑", _ARIA[self.state.descending])

    def _pairs(self, *without: str) -> list[tuple[str, str]]:
        return [(key, value) for key, values in self.state.parameters.items() if key not in without for value in values]

    def is_asked_alone(self, request: HttpRequest) -> bool:
        """Whether the browser wants to swap the table's part, or open one of its menus."""
        return request.headers.get("HX-Target") == self.part_id or "menu" in request.GET

    def respond(self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The whole page, or only the table's part or an opened menu when that is what the browser wants to swap."""
        if (opened := request.GET.get("menu")) == COLUMNS:
            return render(request, "ui/columns.html", {"table": self})
        if opened:
            items = next((menu.items() for menu in self.menus if menu.key == opened), ())
            return render(request, "ui/menu_items.html", {"items": items, "part_id": self.part_id})
        if request.headers.get("HX-Target") == self.part_id:
            return render(request, "ui/table_part.html", {"table": self})
        return render(request, template, {"table": self, **(context or {})})
