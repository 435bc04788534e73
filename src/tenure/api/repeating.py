"""A request sent twice is done once: with the same Idempotency-Key it gets the answer of the first time."""

from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from tenure.api.errors import Refusal
from tenure.api.forgetting import KEPT_FOR
from tenure.api.request import ApiRequest
from tenure.lib import clock
from tenure.people.models import KeptAnswer

MOST_KEY: Final = 200
_HEADERS: Final = ("ETag", "Location")


def key_of(request: ApiRequest) -> str:
    """The request's key, empty without one."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > MOST_KEY or not key.isprintable():
        raise Refusal(422, _("An Idempotency-Key has up to 200 printable characters."), path="header.Idempotency-Key")
    return key


def begin(request: ApiRequest, key: str) -> KeptAnswer:
    """The row of the key, in the transaction of the change; with a status when it was answered before.

    Of two at the same moment the second waits for the first. Raises Refusal when the key was used for something else.
    """
    KeptAnswer.objects.filter(token=request.token, key=key, at__lte=clock.now() - KEPT_FOR).delete()
    row = KeptAnswer(token=request.token, key=key, request=_digest(request), at=clock.now())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        kept = KeptAnswer.objects.get(token=request.token, key=key)
        if kept.request != row.request:
            raise Refusal(
                422,
                _("This Idempotency-Key was used for another request. Take a new one."),
                code="key_reused",
                path="header.Idempotency-Key",
            ) from None
        return kept
    return row


def keep(row: KeptAnswer, response: HttpResponse) -> None:
    """Keeps what was answered."""
    row.status, row.body = response.status_code, response.content.decode()
    row.headers = {name: response[name] for name in _HEADERS if name in response}
    row.save()


def again(row: KeptAnswer) -> HttpResponse:
    """The answer of the first time."""
    response = HttpResponse(row.body, status=row.status, content_type="application/json; charset=utf-8")
    for name, value in row.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def _digest(request: ApiRequest) -> str:
    """Of a form with files its fields and contents: where a client cuts it into parts differs each time."""
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name, file in sorted(request.FILES.items()):
            assert not isinstance(file, list)
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
