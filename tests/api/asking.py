"""Asks the API as a program would."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tenure.people.models import Access, ApiToken, Area, Member
from tenure.people.tokens import make_token

EVERYTHING = dict.fromkeys(Area, Access.WRITE)


class Program:
    """A client with a token; without one it sends none."""

    def __init__(self, secret: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self._secret = secret

    @classmethod
    def of(cls, member: Member, scopes: dict[Area, Access] | None = None, name: str = "Robot") -> "Program":
        """With a token of the member's, of every area unless `scopes` says which."""
        _token, secret = make_token(member, name, EVERYTHING if scopes is None else scopes, days=1, actor=member)
        return cls(secret)

    def ask(self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """`headers` in the way of Python: if_match."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._secret:
            sent["Authorization"] = f"Bearer {self._secret}"
        data, kind = (
            (body, None) if isinstance(body, dict) and "file" in body else (json.dumps(body), "application/json")
        )
        if body is None:
            data, kind = b"", "application/json"
        address = f"/api/v1/{path}" if not path.startswith("/") else path
        if kind is None:
            return self._client.post(address, data, headers=sent)
        return self._client.generic(method, address, data, kind, headers=sent, query_params=query)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        return self.ask("GET", path, query=query, **headers)


def token_of(program: Program) -> ApiToken:
    return ApiToken.objects.get(prefix=program._secret.split("_")[1])
