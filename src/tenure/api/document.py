"""The API's OpenAPI document: ninja's, with the errors and headers that every operation has."""

import re
from functools import cached_property
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic.json_schema import models_json_schema
from pydantic_core import to_json

import tenure
from tenure.api.errors import Error, answer_to
from tenure.api.guarding import BEARER

_ERRORS: Final = {
    401: "No token, or one that does not hold (any more)",
    403: "The token's scopes or its member's role do not allow it",
    404: "No such thing, or out of the member's sight",
    422: "Something in the request cannot be used",
    429: "Too many requests in a minute; Retry-After says when to go on",
    503: "The numbers are not ready; Retry-After says when to ask again",
}
_WRITE_ERRORS: Final = {400: "The body cannot be read", 409: "Not in this state", 413: "Too large"}
_KEY: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Sent twice with the same key, the request is done once and answered the same, for 24 hours.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[ -~]*$"},
}
_REFERENCE: Final = re.compile(r"#/components/schemas/(\w+)")


class JsonParser(Parser):
    """Reads bodies strictly: no NaN, no half characters, nothing that no database keeps."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            body = msgspec.json.decode(request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HttpError(400, f"The body is no JSON: {error}") from None
        if b"\\u0000" in request.body and any("\0" in text for text in _texts(body)):
            raise HttpError(400, "The body holds the character U+0000, which nothing here can keep.")
        return body


class JsonRenderer(BaseRenderer):
    """Writes answers as the schemas say them: moments to the microsecond."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data, inf_nan_mode="null")


class Api(NinjaAPI):
    """The API; its operations are registered in urls.py."""

    def __init__(self) -> None:
        super().__init__(
            title="Tenure",
            version=tenure.__version__,
            description="What people do on pages, for programs: see docs/api.md.",
            urls_namespace="api",
            docs_url=None,
            openapi_url=None,
            auth=BEARER,
            parser=JsonParser(),
            renderer=JsonRenderer(),
        )

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        """Whatever an operation runs into, in the API's shape."""
        return answer_to(request, exc if isinstance(exc, Exception) else exc())

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of the function: it is the name in generated clients."""
        return str(operation.view_func.__name__)

    @cached_property
    def told(self) -> OpenAPISchema:
        """The document; it is the same until there is another version."""
        return self.get_openapi_schema()

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        """The document, with its addresses from the root, made anew."""
        document = super().get_openapi_schema(path_prefix="api/")
        _refs, schemas = models_json_schema([(Error, "serialization")], ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(schemas["$defs"])
        for methods in document["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        _prune(document)
        return document


def _prune(document: dict[str, Any]) -> None:
    """Leaves out the schemas that nothing refers to: those of parameters, which are written out where they stand."""
    schemas = document["components"]["schemas"]
    used: set[str] = set()
    waiting = [document["paths"]]
    while waiting:
        for name in set(_REFERENCE.findall(msgspec.json.encode(waiting.pop()).decode())) - used:
            used.add(name)
            waiting.append(schemas[name])
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}


def _complete(method: str, operation: dict[str, Any]) -> None:
    errors = dict(_ERRORS)
    if method != "get":
        errors |= _WRITE_ERRORS
        if not operation["x-scope"].endswith(":read"):
            operation["parameters"].append(_KEY)
    if "x-etag" in operation:
        reads = method == "get"
        name = "If-None-Match" if reads else "If-Match"
        operation["parameters"].append({"in": "header", "name": name, "required": False, "schema": {"type": "string"}})
        if reads:
            operation["responses"][304] = {"description": "As it was: the ETag is the one of If-None-Match"}
        else:
            errors[412] = "It was changed since: its ETag is not the one of If-Match"
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for status, says in errors.items():
        operation["responses"][status] = {"description": says, "content": content}


def _texts(value: Any) -> Any:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            for name, each in value.items():
                yield name
                yield from _texts(each)
