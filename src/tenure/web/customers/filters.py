"""Which customers a list's address asks for, in which order: the list, its exports and the page's ‹ › agree on it."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from tenure.accounts.assignments.reading import roles_in_use
from tenure.health.metrics import metrics_in_use
from tenure.segments.models import Segment
from tenure.ui.page import PageRequest
from tenure.ui.states import LOOKS
from tenure.ui.table import TableState
from tenure.warehouse.schema import HealthState
from tenure.warehouse.store import AccountQuery
from tenure.web.customers.book import EVERY
from tenure.web.customers.charge import PARAMETER, Charge, read_charge
from tenure.web.customers.columns import LAST_SEEN, ListColumns, list_columns
from tenure.web.customers.condition import CONDITION, SEGMENT, Meant, read_condition
from tenure.web.customers.group import PARAMETER as GROUP
from tenure.web.customers.group import Group, read_group
from tenure.web.tags.shown import PARAMETER as TAG
from tenure.web.views.tabs import PARAMETER as VIEW

STATES_BY_TONE = {look.tone: code for code, look in LOOKS.items()}
#: What an address carries from the list to a customer and back.
KEPT = ("day", VIEW, "sort", "q", "state", PARAMETER, GROUP, TAG, SEGMENT, CONDITION)


@dataclass(frozen=True)
class ListFilter:
    """`states` empty: all of them. `query` is the page's, `every` all pages'.

    Neither query goes beyond charge, group and `meant`.
    """

    table: TableState
    columns: ListColumns
    states: frozenset[HealthState]
    charge: Charge
    group: Group
    meant: Meant
    query: AccountQuery

    @property
    def every(self) -> AccountQuery:
        return replace(self.query, limit=EVERY, offset=0)

    @property
    def narrowed(self) -> bool:
        return bool(self.states or self.table.search or self.charge.asked or self.group.account or self.meant.asked)


def read_filter(request: PageRequest, segment: Segment | None = None) -> ListFilter:
    """The filter of a list's or a customer's address; what cannot be read falls back to the default.

    `segment`: the list of its page holds its customers only.
    """
    columns = list_columns(metrics_in_use(), roles_in_use())
    table = TableState.read(request, "customers", columns.columns, sort="score")  # whom to call first comes first
    asked = request.GET.get("state", "").split(",")
    states = frozenset(STATES_BY_TONE[tone] for tone in asked if tone in STATES_BY_TONE)
    charge, group, meant = read_charge(request), read_group(request), read_condition(request, segment)
    query = AccountQuery(
        day=request.day,
        columns=columns.warehouse([column.key for column in table.chosen]),
        order_by=columns.order_by(table.sort),
        # "Last seen" shows a day and is kept as days since: the latest day is the fewest days.
        descending=table.descending != (table.sort == LAST_SEEN),
        search=table.search,
        states=sorted(states) or None,
        visible=meant.within(group.within(charge.within)),
        limit=table.limit,
        offset=table.offset,
    )
    return ListFilter(table, columns, states, charge, group, meant, query)


def kept(query: QueryDict) -> str:
    """The part of an address's parameters that goes along, with its question mark; empty when there is none."""
    taken = QueryDict(mutable=True)
    for key in KEPT:
        if value := query.get(key):
            taken[key] = value
    return f"?{taken.urlencode()}" if taken else ""
