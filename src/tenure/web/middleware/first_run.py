"""Before the first member exists, every page leads to the one that creates the owner."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tenure.people.first_run import is_fresh


class FirstRun:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/api/v1/"):  # by token only: without a member there is none
            return self.get_response(request)
        open_to_all = (reverse("welcome"), reverse("language"))
        # Asked for strangers only: one short query, and none for people at work.
        if not request.user.is_authenticated and request.path not in open_to_all and is_fresh():
            return redirect("welcome")
        return self.get_response(request)
