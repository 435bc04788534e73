"""Taking a list away: at once when it is short, else as a file made in the background."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.exports.file import FORMATS
from tenure.exports.making import CannotExport, listing_for, readable
from tenure.exports.sending import send
from tenure.exports.verbs import AT_ONCE, ask
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page


@require_POST
@page(Permission.EXPORT)
def make(request: PageRequest, name: str) -> HttpResponseBase:
    """The list as its page's address asks for it, in the `format` of the form."""
    format = next((each for each in FORMATS if each == request.POST.get("format")), None)
    try:
        listing = listing_for(name, request.member)
    except CannotExport:
        raise Http404 from None
    if format is None:
        raise Http404
    try:
        listed = readable(listing.read(request))
    except CannotExport as error:
        messages.error(request, str(error))
        return redirect("exports:list")
    if listed.total <= AT_ONCE:
        return send(listing, listed, format, request.member)
    ask(listing, listed, format, request.member)
    messages.success(request, _("The file is being made. You may go on working: it will be ready here."))
    return redirect("exports:list")
