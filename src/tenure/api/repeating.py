"""A request sent twice is done once: with the same Idempotency-Key it gets the answer of the first time."""

import hmac
from hashlib import sha256
from typing import Final, NoReturn

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from tenure.api.errors import Answered, Refusal
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


def look(request: ApiRequest, key: str) -> None:
    """Raises Answered when the request was answered under the key, Refusal when the key was used for something else."""
    kept = KeptAnswer.objects.filter(token=request.token, key=key, at__gt=clock.now() - KEPT_FOR).first()
    if kept is not None:
        _answer_again(kept, _digest(request))


def begin(request: ApiRequest, key: str) -> KeptAnswer:
    """A row for the key, in the transaction of the change. Of two at the same moment the second waits for the first.

    Raises as look.
    """
    KeptAnswer.objects.filter(token=request.token, key=key, at__lte=clock.now() - KEPT_FOR).delete()
    row = KeptAnswer(token=request.token, key=key, request=_digest(request), at=clock.now())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        _answer_again(KeptAnswer.objects.get(token=request.token, key=key), row.request)
    return row


def keep(row: KeptAnswer, response: HttpResponse) -> None:
    """Keeps what was answered."""
    row.status, row.body = response.status_code, response.content.decode()
    row.headers = {name: response[name] for name in _HEADERS if name in response}
    row.save()


def _answer_again(kept: KeptAnswer, digest: str) -> NoReturn:
    if kept.request != digest:
        raise Refusal(
            422,
            _("This Idempotency-Key was used for another request. Take a new one."),
            code="key_reused",
            path="header.Idempotency-Key",
        )
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    raise Answered(response)


def _digest(request: ApiRequest) -> str:
    """Of a form with files its fields and contents: where a client cuts it into parts differs each time.

    Made with the secret key: a request may hold a password, which nobody shall find by trying.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{request.method} {request.get_full_path()}\n".encode(), sha256)
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
