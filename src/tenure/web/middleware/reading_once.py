"""A request that only reads looks up once what its parts ask for again and again."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenure.lib.once import asking_once


class ReadingOnce:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with asking_once():
            return self.get_response(request)
