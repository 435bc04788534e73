"""The short form of a customer, beside the list."""

from django.http import HttpResponse
from django.shortcuts import render

from tenure.health.definitions import definitions_by_id
from tenure.health.metrics import metrics_in_use
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.web.contacts.main import main_contacts
from tenure.web.customers.charts import short_chart
from tenure.web.customers.health_parts import against_day, health_parts
from tenure.web.customers.history import read_history
from tenure.web.customers.page import header
from tenure.web.customers.parts import account_of

SHOWN_DAYS = 91


@page(Permission.SEE_ACCOUNTS)
def customer_drawer(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    metrics = metrics_in_use()
    history = read_history(store(), pk, metrics, request.day)
    definitions = definitions_by_id()
    shown = {
        **header(request, account, history, metrics),
        "health": health_parts(history, metrics, definitions, against_day("", request.day)),
        "chart": short_chart(history, SHOWN_DAYS),
        "contacts": main_contacts(request.member, account, request.day),
        "short": True,
    }
    return render(request, "web/customers/drawer.html", shown)
