"""Around the API's addresses: no cookie signs anybody in, and every failure has the API's one shape."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

PREFIX: Final = "/api/v1/"


class ApiFrame:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code >= 400 and not response.get("Content-Type", "").startswith("application/json"):
            return _in_shape(response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _in_shape(response: HttpResponseBase) -> HttpResponse:
    """What Django answered before an operation was reached."""
    from tenure.api.errors import CODES, Refusal, error_answer, not_found  # with all of the API: not for every process

    if response.status_code == 404:
        return error_answer(not_found())
    allowed = {"Allow": response["Allow"]} if "Allow" in response else {}
    message = _("This address does not take this method.") if allowed else _("This request cannot be answered.")
    status = response.status_code if response.status_code in CODES else 400
    return error_answer(Refusal(status, message, headers=allowed))
