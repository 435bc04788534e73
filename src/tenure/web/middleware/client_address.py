"""Where a request comes from: the address that connected, or what a configured proxy says of it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenure.activity.recording import ADDRESS
from tenure.lib.addresses import client_address, is_among


class ClientAddress:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        remote = request.META.get("REMOTE_ADDR", "")
        trusted = settings.CONFIG.proxies
        if is_among(remote, trusted):
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = client_address(remote, forwarded, trusted)
            if request.META.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
                request.META["wsgi.url_scheme"] = request.META["HTTP_X_FORWARDED_PROTO"]
        token = ADDRESS.set(request.META.get("REMOTE_ADDR", "")[:45])
        try:
            return self.get_response(request)
        finally:
            ADDRESS.reset(token)
