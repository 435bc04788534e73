"""The parts of the customer page that load by themselves: usage, features, users, events, how a number is computed."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from tenure.accounts.access import account_for
from tenure.accounts.merging.members import first_day_of
from tenure.accounts.models import Account
from tenure.events.features import features_of_events
from tenure.events.models import EventType
from tenure.health.metrics import metrics_in_use
from tenure.lib.whole import whole
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import export_url
from tenure.ui.page import PageRequest, page
from tenure.ui.table import TableState
from tenure.warehouse.current import store
from tenure.web.customers import explained as explaining
from tenure.web.customers.charts import feature_chart, shown_days, users_chart
from tenure.web.customers.counting import place_of_users, users_bulk
from tenure.web.customers.feature_use import feature_use, first_monday
from tenure.web.customers.history import read_history
from tenure.web.customers.key_metrics import metrics_now
from tenure.web.customers.people import Shown, user_page
from tenure.web.customers.stream import BadKey, stream_page
from tenure.web.customers.usage import usage
from tenure.web.customers.user_list import COLUMNS, USERS


def account_of(request: PageRequest, pk: int) -> Account:
    """The account, or the same 404 for one that is not theirs and one that does not exist."""
    return get_object_or_404(account_for(request.member, pk))


@page(Permission.SEE_ACCOUNTS)
def usage_part(request: PageRequest, pk: int) -> HttpResponse:
    """How much it is used: the metrics, by day, week and 28 days, and who uses it over time."""
    account = account_of(request, pk)
    metrics = metrics_in_use()
    history = read_history(store(), pk, metrics, request.day)
    first_day = first_day_of(account) or request.day
    shown = {
        "account": account,
        "metrics_now": metrics_now(history, metrics),
        "rows": usage(store(), pk, request.day, first_day, features_of_events()),
        "users_chart": users_chart(history, metrics, shown_days(request.GET.get("range", ""))),
    }
    return render(request, "web/customers/use.html", shown)


@page(Permission.SEE_ACCOUNTS)
def features_part(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    totals = store().account_events(pk, first_monday(request.day), request.day)
    use = feature_use(totals, features_of_events(), request.day)
    return render(request, "web/customers/features.html", {"account": account, "use": use, "chart": feature_chart(use)})


@page(Permission.SEE_ACCOUNTS)
def users_part(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    first_day = first_day_of(account) or request.day
    asked = request.GET.get("show", "")
    users = user_page(
        store(),
        pk,
        first_day,
        request.day,
        settings.CONFIG.zone,
        whole(request.GET.get("offset", "")) or 0,
        Shown(asked) if asked in list(Shown) else Shown.ALL,
    )
    shown = {
        "account": account,
        "users": users,
        "day": request.day,
        "bulk": users_bulk() if users.rows and allows(request.member, Permission.EXCLUDE_USERS) else None,
        "export": export_url(request, USERS, TableState.read(request, "users", COLUMNS, sort=""), account=pk),
        "table": {"bulk_id": "users-bulk", "here_url": place_of_users(account, request)},
    }
    return render(request, "web/customers/users.html", shown)


@page(Permission.SEE_ACCOUNTS)
def events_part(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    event_id, user_id = whole(request.GET.get("event", "")), whole(request.GET.get("user", ""))
    key = request.GET.get("key", "")
    try:
        stream = stream_page(store(), pk, request.day, event_id=event_id, user_id=user_id, key=key)
    except BadKey as error:
        raise Http404 from error
    template = "web/customers/events_more.html" if key else "web/customers/events.html"
    shown = {"account": account, "stream": stream, "event_id": event_id, "user_id": user_id}
    return render(request, template, {**shown, "choices": None if key else _event_choices(pk, request)})


@page(Permission.SEE_ACCOUNTS)
def explained_part(request: PageRequest, pk: int, key: str) -> HttpResponse:
    account = account_of(request, pk)
    metrics = metrics_in_use()
    if key not in metrics:
        raise Http404
    history = read_history(store(), pk, metrics, request.day)
    answer = explaining.explained(store(), pk, metrics[key], metrics, history)
    return render(request, "web/customers/explained.html", {"account": account, "answer": answer, "day": request.day})


def _event_choices(pk: int, request: PageRequest) -> list[tuple[int, str]]:
    """(id, name) of the events the account sent in the weeks of the feature chart."""
    sent = {row[1] for row in store().account_events(pk, first_monday(request.day), request.day)}
    return list(EventType.objects.filter(pk__in=sent).order_by("name").values_list("pk", "name"))
