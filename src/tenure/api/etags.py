"""ETags: asking again only for what changed, and changing only what one has seen."""

import re
from hashlib import blake2b
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from tenure.api.errors import Refusal

_encoder = msgspec.json.Encoder(order="deterministic")


def etag_of(shown: Any) -> str:
    """The tag of a representation, given as JSON values."""
    return f'"{blake2b(_encoder.encode(shown), digest_size=12).hexdigest()}"'


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its tag, or 304 where the asker has it already."""
    tag = etag_of(msgspec.json.decode(response.content))
    if _names(request.headers.get("If-None-Match", ""), tag):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def check_match(request: HttpRequest, shown: Schema) -> None:
    """Refuses a change when the request names a tag (If-Match) and what is there is not what it names."""
    wanted = request.headers.get("If-Match", "")
    if wanted and not _names(wanted, etag_of(shown.model_dump(mode="json"))):
        raise Refusal(412, _("It was changed since you read it. Read it again; nothing was changed."))


def _names(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in {each.removeprefix("W/") for each in re.split(r"\s*,\s*", header.strip())}
