"""Makes a typed client out of an OpenAPI document: a class with one method an operation, and a type for each schema."""

import re
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
_HEAD = '''"""A client of the API, made from its OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlencode

from typing_extensions import NotRequired, TypedDict

Send = Callable[[str, str, bytes, dict[str, str]], tuple[int, bytes]]


class Refused(Exception):
    """The API answered with an error: `status`, and the `error` as it sent it."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.status, self.error = status, error


'''
_CLIENT = '''
class Client:
    """`send` takes method, address, body and headers and answers with status and body."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def _ask(self, method: str, path: str, query: dict[str, Any], body: Any, headers: dict[str, Any]) -> Any:
        asked = urlencode({name: each for name, each in query.items() if each is not None}, doseq=True)
        data = b"" if body is None else json.dumps(body).encode()
        sent = {name: str(each) for name, each in headers.items() if each is not None}
        status, answer = self._send(method, path + ("?" + asked if asked else ""), data, sent)
        if status >= 400:
            raise Refused(status, json.loads(answer)["error"])
        return json.loads(answer) if answer else None
'''
_TYPES = {"integer": "int", "number": "float", "string": "str", "boolean": "bool", "null": "None"}


def make_client(document: Json) -> str:
    """The client's source. Operations that take files or answer with them are left out."""
    parts = [_HEAD]
    parts += [_schema(name, schema) for name, schema in document["components"]["schemas"].items()]
    parts.append(_CLIENT)
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if "multipart/form-data" not in told.get("requestBody", {}).get("content", {}) and _is_json(told):
                parts.append(_method(path, method, told))
    return "\n".join(parts)


def _is_json(told: Json) -> bool:
    fine = next(each for status, each in told["responses"].items() if int(status) < 300)
    return "application/json" in fine.get("content", {"application/json": {}})


def type_of(schema: Json) -> str:
    """The Python type of a JSON schema, as source."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list[{type_of(schema.get('items', {}))}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties", True)
        return f"dict[str, {type_of(values) if isinstance(values, Mapping) else 'Any'}]"
    return _TYPES.get(schema.get("type", ""), "Any")


def _schema(name: str, schema: Json) -> str:
    if "enum" in schema:
        return f"{name} = {type_of(schema)}"
    required = set(schema.get("required", ()))
    keys = [
        f"    {key}: {type_of(each) if key in required else f'NotRequired[{type_of(each)}]'}"
        for key, each in schema.get("properties", {}).items()
    ]
    return f"class {name}(TypedDict):\n" + ("\n".join(keys) or "    pass") + "\n\n"


def _method(path: str, method: str, told: Json) -> str:
    names = {each["name"]: re.sub(r"\W", "_", each["name"]).lower() for each in told["parameters"]}
    placed = {
        place: [each for each in told["parameters"] if each["in"] == place] for place in ("path", "query", "header")
    }
    needed = [f"{names[each['name']]}: {type_of(each['schema'])}" for each in placed["path"]]
    body = next((each["schema"] for each in told.get("requestBody", {}).get("content", {}).values()), None)
    if body:
        needed.append(f"body: {type_of(body)}")
    optional = [
        f"{names[each['name']]}: {_or_none(type_of(each['schema']))} = None"
        for each in (*placed["query"], *placed["header"])
    ]
    arguments = ", ".join(["self", *needed, *(["*"] if optional else []), *optional])
    fine = next(each for status, each in told["responses"].items() if int(status) < 300)
    answer = next((type_of(each["schema"]) for each in fine.get("content", {}).values()), "None")
    address = re.sub(r"{(\w+)}", lambda found: "{" + names[found[1]] + "}", path)

    def given(place: str) -> str:
        return "{" + ", ".join(f"{each['name']!r}: {names[each['name']]}" for each in placed[place]) + "}"

    return (
        f"    def {told['operationId']}({arguments}) -> {answer}:\n"
        f'        """{told["summary"]}."""\n'
        f"        answer: {answer} = self._ask(\n"
        f"            {method.upper()!r}, f{address!r}, {given('query')}, {'body' if body else 'None'}, {given('header')}\n"
        "        )\n"
        "        return answer\n"
    )


def _or_none(kind: str) -> str:
    return kind if "None" in kind else f"{kind} | None"
