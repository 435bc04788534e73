"""When the warehouse cannot answer, the page says why and what happens next, instead of failing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenure.ui.text import Text
from tenure.warehouse.store import TooMuchData, WarehouseBusy, WarehouseError

_REASONS = {
    WarehouseBusy: (_("This took too long"), _("Ask for fewer days or fewer customers, or try again in a moment.")),
    TooMuchData: (_("This is too much at once"), _("Ask for fewer days or fewer customers.")),
}
_AWAY = (
    _("The numbers are not ready"),
    _(
        "The warehouse is opening or being rebuilt. Events are still taken in and nothing is lost. "
        "Try again in a moment."
    ),
)


class WarehouseAway:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 with Retry-After for a WarehouseError; anything else is not ours."""
        if not isinstance(exception, WarehouseError):
            return None
        title, text = _REASONS.get(type(exception), _AWAY)
        response = _in_its_place(title, text) if "HX-Request" in request.headers else _page(request, title, text)
        response["Retry-After"] = "10"
        return response


def _page(request: HttpRequest, title: Text, text: Text) -> HttpResponse:
    return render(request, "web/warehouse_away.html", {"title": title, "text": text}, status=503)


def _in_its_place(title: Text, text: Text) -> HttpResponse:
    """For a part of a page, which says so where it should be."""
    said = gettext("%(title)s. %(text)s") % {"title": title, "text": text}
    return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
