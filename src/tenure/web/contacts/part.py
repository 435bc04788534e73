"""A customer's contacts on the customer page."""

from django.http import HttpResponse
from django.shortcuts import render

from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.merging.members import members_of
from tenure.people.permissions import Permission, allows
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.web.contacts.shown import by_weight, contact_rows, users_last_seen
from tenure.web.customers.parts import account_of


@page(Permission.SEE_ACCOUNTS)
def contacts_part(request: PageRequest, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    contacts = list(contacts_for(request.member).filter(account__in=members_of(pk)))
    seen = users_last_seen(store(), pk, contacts, request.day)
    rows = sorted(contact_rows(contacts, request.work_day, seen), key=by_weight)
    shown = {
        "account": account,
        "rows": rows,
        "there": sum(not row.left for row in rows),
        "day": request.work_day,
        "may_edit": allows(request.member, Permission.EDIT_CONTACTS),
        "may_export": bool(rows) and allows(request.member, Permission.EXPORT),
    }
    return render(request, "web/contacts/part.html", shown)
