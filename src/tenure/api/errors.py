"""Refusals and failures, in the one shape that every error of the API has."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from tenure.accounts import exclusion
from tenure.accounts.access import OutOfSight
from tenure.accounts.assignments.verbs import AlreadyUndone, BookChanged
from tenure.accounts.fields import undoing
from tenure.accounts.fields.editing import FactIsGone, MayNotEdit
from tenure.accounts.merging import verbs as merging
from tenure.core.document import BadDocument
from tenure.events import catalogue
from tenure.health.archive import MetricNeeded, PartGone
from tenure.imports.verbs import NotNow
from tenure.integrations.errors import NotNow as SyncNotNow
from tenure.jobs.queue import JobNotRetryable, JobNotStoppable
from tenure.lib.errors import TenureError
from tenure.people.members import OnlyOwners
from tenure.people.tokens import TokenRefused
from tenure.segments import saving
from tenure.segments.tags import managing
from tenure.warehouse.store import TooMuchData, WarehouseError
from tenure.work.promises import StepNotOpen

log = logging.getLogger("django.request")

#: Codes by status; where a status has several, the failure names its own.
CODES: Final[Mapping[int, str]] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "changed_meanwhile",
    413: "too_large",
    422: "invalid",
    429: "too_many_requests",
    500: "failed",
    503: "not_ready",
}
_CONFLICTS: Final = (
    AlreadyUndone,
    BookChanged,
    FactIsGone,
    JobNotRetryable,
    JobNotStoppable,
    NotNow,
    OutOfSight,
    StepNotOpen,
    SyncNotNow,
    merging.AlreadyUndone,
    undoing.AlreadyUndone,
    catalogue.AlreadyUndone,
    exclusion.AlreadyUndone,
    saving.ChangedAgain,
    managing.ChangedAgain,
    MetricNeeded,
    PartGone,
)


class Detail(Schema):
    """One of several problems."""

    path: str
    message: str


class Problem(Schema):
    """What went wrong. `code` is for programs and stays; `message` is for people; `path` is where in the request."""

    code: str
    message: str
    path: str | None = None
    details: list[Detail] | None = None


class Error(Schema):
    """The body of every answer that is no success."""

    error: Problem


class Refusal(Exception):
    """The request is refused with this status and message; `code` is that of the status unless it is given."""

    def __init__(
        self,
        status: int,
        message: str,
        code: str = "",
        path: str = "",
        details: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code or CODES[status]
        self.path, self.details, self.headers = path, details, headers or {}


class Answered(Exception):
    """The request was answered before, under the same key: `response` is given again."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def error_answer(refusal: Refusal) -> HttpResponse:
    """The answer in the one shape; a path or details that there are not are left out."""
    details = [Detail(path=path, message=message) for path, message in refusal.details] or None
    problem = Problem(code=refusal.code, message=refusal.message, path=refusal.path or None, details=details)
    body = Error(error=problem).model_dump_json(exclude_none=True)
    response = HttpResponse(body, status=refusal.status, content_type="application/json; charset=utf-8")
    for name, value in refusal.headers.items():
        response[name] = value
    return response


def answer_to(request: HttpRequest, failure: Exception) -> HttpResponse:
    """The answer to whatever a request ran into; what nobody expected is logged and told no details of."""
    if isinstance(failure, Answered):
        return failure.response
    refusal = _refusal(failure)
    if refusal.status == 500:
        log.error("API: %s %s failed", request.method, request.path, exc_info=failure)
    return error_answer(refusal)


def not_found() -> Refusal:
    """What does not exist, or is out of the member's sight: nobody can tell which."""
    return Refusal(404, _("There is no such thing, or it is not yours to see."))


def _refusal(failure: Exception) -> Refusal:
    match failure:
        case Refusal():
            return failure
        case Http404():
            return not_found()
        case ValidationError():
            return _invalid(failure.errors)
        case HttpError():
            return Refusal(failure.status_code, str(failure))
        case RequestDataTooBig():
            return Refusal(413, _("The request is too large. Send less at once."))
        case BadDocument():
            return Refusal(422, failure.problem, path=failure.path)
        case TokenRefused():
            return Refusal(401, str(failure), headers={"WWW-Authenticate": "Bearer"})
        case MayNotEdit() | OnlyOwners():
            return Refusal(403, str(failure))
        case TooMuchData():
            return Refusal(422, str(failure), code="too_much")
        case WarehouseError():
            return Refusal(503, str(failure), headers={"Retry-After": "10"})
        case TenureError():
            return _refused(failure)
    return Refusal(500, _("Something failed here. It was written down; nothing was changed."))


def _refused(failure: TenureError) -> Refusal:
    problems: Any = getattr(failure, "problems", None)
    details = list(problems.items()) if isinstance(problems, Mapping) else []
    return Refusal(409 if isinstance(failure, _CONFLICTS) else 422, str(failure), details=details)


def _invalid(errors: Sequence[Mapping[str, Any]]) -> Refusal:
    details = [(_path(each["loc"]), str(each["msg"])) for each in errors]
    path, message = details[0]
    return Refusal(422, f"{path}: {message}" if path else message, path=path, details=details)


def _path(parts: Sequence[object]) -> str:
    """body.fields.plan, query.limit; the name of the function's argument is no part of it."""
    where, *rest = parts
    named = [each for each in (rest[1:] if where == "body" else rest) if not isinstance(each, str) or each]
    return ".".join(str(each) for each in (where, *named))
