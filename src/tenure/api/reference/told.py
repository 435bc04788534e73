"""The OpenAPI document as the reference tells it: groups of operations and the schemas they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.client import responses
from typing import Any

import msgspec
from django.utils.translation import gettext as _

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A parameter or a key of a body. `schema` is the name of the schema it is of, where it has one."""

    name: str
    kind: str
    schema: str
    says: str
    required: bool
    place: str = ""


@dataclass(frozen=True)
class Answer:
    status: str
    says: str
    kind: str
    schema: str

    @property
    def fine(self) -> bool:
        return self.status < "400"


@dataclass(frozen=True)
class Operation:
    """`curl` is an example that works once the token and the ids are filled in."""

    name: str
    method: str
    path: str
    summary: str
    says: str
    scope: str
    parameters: Sequence[Told]
    body: Sequence[Told]
    body_says: str
    answers: Sequence[Answer]
    curl: str


@dataclass(frozen=True)
class Schema:
    """`choices` are those of a schema that is one of a few words; then it has no keys."""

    name: str
    says: str
    keys: Sequence[Told]
    choices: Sequence[str]


@dataclass(frozen=True)
class Reference:
    """`groups`: (tag, its operations) in the order in which tags come, those of shorter addresses first."""

    groups: Sequence[tuple[str, Sequence[Operation]]]
    schemas: Sequence[Schema]


def reference_of(document: Json) -> Reference:
    """What the document says."""
    schemas: Json = document["components"]["schemas"]
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append(_operation(path, method, told, schemas))
    kept = [
        Schema(name, "" if "enum" in each else _says(each), _keys(each), each.get("enum", ()))
        for name, each in schemas.items()
    ]
    for operations in groups.values():
        operations.sort(key=lambda each: each.path.count("/"))
    return Reference(list(groups.items()), kept)


def kind_of(schema: Json) -> str:
    """The type in words: "list of integer", "string (date) or null"."""
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return _(" or ").join(dict.fromkeys(kind_of(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return _("list of %(kind)s") % {"kind": kind_of(schema.get("items", {}))}
    form = schema.get("format")
    kind = str(schema.get("type", "any"))
    return f"{kind} ({form})" if form else kind


def _operation(path: str, method: str, told: Json, schemas: Json) -> Operation:
    body = _resolved(_body(told) or {}, schemas)
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        says=_says(told),
        scope=told["x-scope"],
        parameters=[
            _told(each["name"], each["schema"], _says(each), each["required"], each["in"])
            for each in told["parameters"]
        ],
        body=_keys(body),
        body_says=_says(body),
        answers=[_answer(str(status), each) for status, each in sorted(told["responses"].items(), key=_by_status)],
        curl=_curl(path, method, told, schemas),
    )


def _says(told: Json) -> str:
    """Its description, which marks names as Markdown does, as plain text."""
    return str(told.get("description", "")).replace("`", "")


def _by_status(item: tuple[object, object]) -> str:
    return str(item[0])


def _answer(status: str, told: Json) -> Answer:
    schema = next((each["schema"] for each in told.get("content", {}).values()), None)
    says = told["description"]
    if says == responses.get(int(status)):
        says = ""
    return Answer(status, says, kind_of(schema) if schema else "", _name(schema) if schema else "")


def _keys(schema: Json) -> list[Told]:
    required = set(schema.get("required", ()))
    return [_told(name, each, _says(each), name in required) for name, each in schema.get("properties", {}).items()]


def _told(name: str, schema: Json, says: str, required: bool, place: str = "") -> Told:
    return Told(name, kind_of(schema), _name(schema), says, required, place)


def _name(schema: Json) -> str:
    """The schema it is of, or its entries are; empty where it names none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    inside: Iterable[Json] = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    return next((name for each in inside if (name := _name(each))), "")


def _body(told: Json) -> Json | None:
    content = told.get("requestBody", {}).get("content", {})
    return next((each["schema"] for each in content.values()), None)


def _resolved(schema: Json, schemas: Json) -> Json:
    found: Json = schemas[_name(schema)] if "$ref" in schema else schema
    return found


def _curl(path: str, method: str, told: Json, schemas: Json) -> str:
    address = path.replace("{", "<").replace("}", ">")
    lines = [f"curl -X {method.upper()} -H 'Authorization: Bearer <token>'"]
    content = told.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        lines += ["-F 'kind=accounts'", "-F 'file=@customers.csv'"]
    elif content:
        example = _example(_resolved(_body(told) or {}, schemas), schemas)
        lines += ["-H 'Content-Type: application/json'", f"-d '{msgspec.json.encode(example).decode()}'"]
    return " \\\n  ".join([*lines, f"'https://<your address>{address}'"])


def _example(schema: Json, schemas: Json) -> Any:
    """Of an object the keys it must have, or its first one."""
    schema = _resolved(schema, schemas)
    if "properties" in schema:
        names = schema.get("required") or list(schema["properties"])[:1]
        return {name: _example(schema["properties"][name], schemas) for name in names}
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], schemas)
    if "enum" in schema:
        return schema["enum"][0]
    by_format = {"date": "2026-11-27", "date-time": "2026-11-23T09:00:00Z"}
    by_type = {"integer": 1, "number": 1.5, "boolean": True, "array": [], "object": {}}
    return by_format.get(schema.get("format", "")) or by_type.get(schema.get("type", ""), "…")
