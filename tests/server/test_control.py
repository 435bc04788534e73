import asyncio
import json

import pytest

from tenure.lib.errors import TenureError
from tenure.server.control import Control


def ask(control, body: bytes, token="secret", method="POST"):
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"method": method, "headers": [(b"authorization", f"Bearer {token}".encode())]}
    asyncio.run(control(scope, receive, send))
    lines = b"".join(message.get("body", b"") for message in sent[1:]).splitlines()
    return sent[0]["status"], [json.loads(line) for line in lines if line.startswith(b"{")]


def run(name, arguments, progress):
    if name == "fail":
        raise TenureError("There is no such thing.")
    progress(1, 2)
    return {"did": name, **arguments}


def test_it_runs_a_command_and_tells_how_far_it_is():
    body = json.dumps({"command": "stats", "arguments": {"day": "2026-01-01"}}).encode()
    status, lines = ask(Control("secret", run), body)
    assert status == 200
    assert lines == [{"progress": [1, 2]}, {"result": {"did": "stats", "day": "2026-01-01"}}]


def test_it_passes_on_what_went_wrong():
    status, lines = ask(Control("secret", run), b'{"command": "fail", "arguments": {}}')
    assert (status, lines) == (200, [{"error": "There is no such thing."}])


@pytest.mark.parametrize(("token", "method"), [("wrong", "POST"), ("", "POST"), ("secret", "GET")])
def test_it_looks_like_nothing_to_others(token, method):
    assert ask(Control("secret", run), b"{}", token, method) == (404, [])


def test_it_says_what_a_body_must_be():
    status, lines = ask(Control("secret", run), b"[1]")
    assert status == 400
    assert "command, arguments" in lines[0]["error"]
