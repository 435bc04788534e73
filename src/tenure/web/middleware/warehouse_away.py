"""When the warehouse cannot answer, the page says why and what happens next, instead of failing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

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
        response = render(request, "web/warehouse_away.html", {"title": title, "text": text}, status=503)
        response["Retry-After"] = "10"
        return response
