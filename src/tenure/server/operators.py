"""Endpoints for operators: is it alive, is it well, its figures."""

import json
from collections.abc import Callable
from typing import Any

from prometheus_client import generate_latest

Status = dict[str, Any]


def health(status: Callable[[], Status]) -> Any:
    """GET /-/health: 200 with a JSON status when events are taken and loaded, else 503 with what is wrong."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found = status()
        body = json.dumps(found).encode()
        await _answer(send, 200 if found["ok"] else 503, b"application/json", body)

    return app


def metrics() -> Any:
    """GET /-/metrics: Prometheus figures, to this machine only, and not through a proxy."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        names = {name for name, _ in scope["headers"]}
        here = (scope.get("client") or ("",))[0] in {"127.0.0.1", "::1"} and b"x-forwarded-for" not in names
        if here:
            await _answer(send, 200, b"text/plain; version=0.0.4", generate_latest())
        else:
            await _answer(send, 404, b"text/plain", b"")

    return app


async def _answer(send: Any, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
