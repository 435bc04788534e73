"""What every operation does first and last: whose token, which scope, how often, done before, as it was seen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.operation import Operation
from ninja.security import HttpBearer
from ninja.utils import contribute_operation_callback

from tenure.activity.recording import VIA
from tenure.api.change import Change
from tenure.api.errors import Refusal, answer_to
from tenure.api.etags import etag_of, tagged
from tenure.api.limits import LIMITS, Standing
from tenure.api.request import ApiRequest, let_in
from tenure.lib import clock
from tenure.people.models import Access, ApiToken, Area
from tenure.people.permissions import Permission, allows
from tenure.people.tokens import find_token, note_use

Run = Callable[..., Any]  # of an operation: answers with an HttpResponse
Made = TypeVar("Made", bound=Callable[..., Any])


class Bearer(HttpBearer):
    """Names the scheme in the OpenAPI document; Guard has let the token in by then."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return getattr(request, "token", None)


BEARER: Final = Bearer()


@dataclass(frozen=True)
class Guard:
    """Who may use an operation: tokens let into the area, of members with the permission.

    `single`: it answers with one thing, which has an ETag. `asks`: it asks another system first, and says itself when
    its transaction begins. `known` are the parameters its address may have: a filter that is misspelt must not give
    everything.
    """

    area: Area
    access: Access
    permission: Permission
    single: bool
    asks: bool
    known: frozenset[str]

    def __call__(self, run: Run) -> Run:
        return partial(self._answer, run)

    def _answer(self, run: Run, request: HttpRequest, **path: Any) -> HttpResponse:
        standing: Standing | None = None
        try:
            token = _token(request)
            standing = LIMITS.take(token.pk, settings.CONFIG.api_per_minute)
            self._check(request, token, standing)
            with _acting(token):
                response = self._run(run, let_in(request, token), path)
        except Exception as failure:
            response = answer_to(request, failure)
        for name, value in (standing.headers if standing else {}).items():
            response[name] = value
        return response

    def _check(self, request: HttpRequest, token: ApiToken, standing: Standing) -> None:
        if standing.over:
            retry = {"Retry-After": str(standing.reset_s)}
            raise Refusal(429, _("Too many requests in a minute. Wait a little."), headers=retry)
        note_use(token, clock.now())
        check_scope(token, self.area, self.access)
        if not allows(token.member, self.permission):
            raise Refusal(403, _("The role of %(name)s does not allow this.") % {"name": token.member})
        if unknown := sorted(request.GET.keys() - self.known):
            said = _("There is no parameter “%(name)s” here.") % {"name": unknown[0][:60]}
            raise Refusal(422, said, path=f"query.{unknown[0][:60]}")

    def _run(self, run: Run, request: ApiRequest, path: dict[str, Any]) -> HttpResponse:
        if self.access == Access.READ:  # also a question that is sent as a body: it holds up nobody who writes
            response: HttpResponse = run(request, **path)
            return tagged(request, response) if self.single and response.status_code == 200 else response
        with ExitStack() as held:
            change = Change(request, held)
            request.begin = change.begin
            if self.asks:
                change.look()
            else:
                change.begin()
            response = run(request, **path)
            if change.begun and response.status_code < 400 and self.single:
                response["ETag"] = etag_of(msgspec.json.decode(response.content))
            change.end(response)
        return response


def check_scope(token: ApiToken, area: Area, access: Access = Access.READ) -> None:
    """Refuses a token that is not let into the area so far."""
    if not token.allows(area, access):
        said = _("This token has no scope %(scope)s. Make one that has.")
        raise Refusal(403, said % {"scope": f"{area}:{access}"}, code="scope_missing")


def needs(
    area: Area,
    access: Access = Access.READ,
    permission: Permission = Permission.SEE_ACCOUNTS,
    *,
    single: bool = False,
    asks: bool = False,
) -> Callable[[Made], Made]:
    """Stands under the line that makes a function an operation, and says who may use it; for the rest see Guard."""

    def contribute(operation: Operation) -> None:
        guard = Guard(area, access, permission, single, asks, _parameters(operation))
        extra = operation.openapi_extra or {}
        operation.openapi_extra = {**extra, "x-scope": f"{area}:{access}", "x-permission": permission.value}
        if single and operation.methods[0] in ("GET", "PATCH"):
            operation.openapi_extra["x-etag"] = True
        operation.run = guard(operation.run)  # type: ignore[method-assign]
        # Ninja makes a copy of each operation and decorates it anew by this list.
        operation._run_decorators = [guard]  # type: ignore[attr-defined]

    def decorate(made: Made) -> Made:
        contribute_operation_callback(made, contribute)
        return made

    return decorate


def _parameters(operation: Operation) -> frozenset[str]:
    """The names of what may stand behind the question mark."""
    of_query = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in of_query for name in model.__ninja_flatten_map__)


def _token(request: HttpRequest) -> ApiToken:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        said = _("Send a token: Authorization: Bearer tenure_…")
        raise Refusal(401, said, headers={"WWW-Authenticate": "Bearer"})
    return find_token(secret.strip(), clock.now())


@contextmanager
def _acting(token: ApiToken) -> Iterator[None]:
    via = VIA.set(token.name)
    try:
        yield
    finally:
        VIA.reset(via)
