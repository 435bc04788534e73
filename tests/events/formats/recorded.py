"""Requests of real clients, as recorded on the wire (tests/data/sdk_requests), and what each of them says."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenure.events.formats.all import ROUTES
from tenure.events.formats.format import WireFormat
from tenure.events.message import Message, Request

FOLDER = Path(__file__).parents[2] / "data" / "sdk_requests"


@dataclass(frozen=True)
class Recorded:
    """`said` is the body as decoded when it was recorded, by code that is not ours."""

    scenario: str
    method: str
    wire_format: WireFormat
    request: Request
    headers: dict[str, str]
    said: Any

    def messages(self) -> list[Message]:
        items = self.wire_format.decode(self.request)
        assert all(isinstance(item, Message) for item in items), items
        return items


def requests_of(*beginnings: str) -> list[Recorded]:
    """Every request of the scenarios whose names begin so, in the order sent."""
    paths = sorted(path for path in FOLDER.glob("*/*.http") if path.parent.name.startswith(beginnings))
    return [recorded for path in paths if (recorded := _read(path)) is not None]


def _read(path: Path) -> Recorded | None:
    head, _, body = path.read_bytes().partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    address, _, query = target.partition("?")
    if address == "/other":  # where one scenario's redirect led
        return None
    wire_format, route = ROUTES[address]
    request = Request(route, body, query, headers.get("content-type", ""), headers.get("content-encoding", ""))
    said = json.loads(path.with_suffix(".json").read_text())["body_decoded"]
    return Recorded(path.parent.name, method, wire_format, request, headers, said)


def name_of(recorded: Recorded) -> str:
    return recorded.scenario
