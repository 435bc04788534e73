"""The users of one customer, or of all in sight, as a list that can be taken away."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from tenure.accounts.access import accounts_for
from tenure.accounts.merging.members import first_day_of, members_of
from tenure.accounts.models import Account, UserLink
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, register
from tenure.ui.page import PageRequest
from tenure.ui.table import Column, Row, TableState
from tenure.warehouse.current import store
from tenure.web.customers.people import Shown, UserRow, every_user

COLUMNS = [
    Column("name", _("User"), sort=False),
    Column("email", _("E-mail"), sort=False),
    Column("customer", _("Customer"), sort=False),
    Column("customer_id", _("Customer id"), sort=False),
    Column("known_as", _("Known as"), sort=False),
    Column("last_seen", _("Last seen"), "day", sort=False),
    Column("active_days", _("Active days, 28 days"), "number", sort=False),
    Column("events", _("Events, 28 days"), "number", sort=False),
    Column("counted", _("Counted"), sort=False),
]


def users(request: PageRequest) -> Listed:
    """Those of `?account=`, else of every customer in sight, customer by customer; 404 for one out of sight."""
    state = TableState.read(request, "users", COLUMNS, sort="")
    accounts = accounts_for(request.member).order_by("name", "pk")
    links = UserLink.objects.filter(user__merged_into=None)
    if asked := request.GET.get("account"):
        accounts = accounts.filter(pk=whole(asked) or 0)
        account = accounts.first()
        if account is None:
            raise Http404
        links = links.filter(account__in=members_of(account.pk))
    else:
        links = links.filter(account__in=accounts.order_by().values("pk"))
    total = links.order_by().values("account", "user").distinct().count()
    return Listed(state, total, _rows(request, accounts))


USERS = register(Listing("users", _("Users"), Permission.SEE_ACCOUNTS, "customers:list", users))


def _rows(request: PageRequest, accounts: QuerySet[Account]) -> Iterator[Row]:
    asked = request.GET.get("show", "")
    shown = Shown(asked) if asked in list(Shown) else Shown.ALL
    for account in accounts.iterator():
        first_day = first_day_of(account) or request.day
        for user in every_user(store(), account.pk, first_day, request.day, settings.CONFIG.zone, shown):
            yield Row(_cells(account, user))


def _cells(account: Account, user: UserRow) -> dict[str, object]:
    return {
        "name": user.name,
        "email": user.email,
        "customer": str(account),
        "customer_id": account.external_id,
        "known_as": ", ".join(user.identities),
        "last_seen": user.last_day,
        "active_days": user.active_days,
        "events": user.events,
        "counted": _("not counted") if user.excluded else _("counted"),
    }
