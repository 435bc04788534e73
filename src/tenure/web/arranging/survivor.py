"""A merged customer's address leads to the one it lives on in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for
from tenure.accounts.merging.members import survivor_of
from tenure.accounts.models import Account
from tenure.ui.page import PageRequest


def survivor_page(request: PageRequest, account_id: int) -> HttpResponse | None:
    """The way to the survivor, with a note; None when the account was not merged or its survivor is not theirs."""
    last = survivor_of(account_id)
    if last == account_id:
        return None
    survivor = accounts_for(request.member).filter(pk=last).first()
    if survivor is None:
        return None
    shown = {"merged": Account.objects.get(pk=account_id), "survivor": survivor}
    messages.info(request, _("%(merged)s was merged into %(survivor)s.") % shown)
    return redirect("customers:page", last)
