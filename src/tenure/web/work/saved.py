"""What the browser gets when something was done beside the page: a toast with its undo, and word to reload parts."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenure.ui.page import way_back

CHANGED = "work-changed"  # the event on the page after follow-ups or promises changed
FIELDS_CHANGED = "fields-changed"  # … and after fields of profile cards did


def answer(
    request: HttpRequest, text: str, undo: str = "", *, close: bool = False, error: bool = False, fields: bool = False
) -> HttpResponse:
    """The toast beside the page as it stands; without scripts, the page again with the toast.

    `undo` is the address that takes it back by POST. `close` closes the drawer. Parts of the page that listen for
    CHANGED load themselves again, unless it is an error; with `fields` those that listen for FIELDS_CHANGED, too.
    """
    if not getattr(request, "htmx", False):
        if error:
            messages.error(request, text)
        else:
            messages.success(request, text, extra_tags=undo)
        return redirect(way_back(request, "work:follow_ups"))
    response = render(request, "web/work/toast.html", {"text": text, "undo": undo, "error": error})
    response["HX-Reswap"] = "none"  # the toast is put in its place beside it
    events = {} if error else {CHANGED: True}
    if fields:
        events[FIELDS_CHANGED] = True
    if close:
        events["drawer-close"] = True
    if events:
        response["HX-Trigger"] = json.dumps(events)
    return response
