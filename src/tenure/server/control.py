"""Commands sent to the running server: it owns the warehouse, so it runs them and streams their answer.

POST /-/command with the token of server.json and {"command": name, "arguments": {...}}. The answer is JSON lines:
any number of {"progress": [done, total]}, then one {"result": ...} or {"error": text}.
"""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections

from tenure.lib.errors import TenureError

#: Runs a command: (name, arguments, progress) -> a JSON value.
Runner = Callable[[str, Mapping[str, Any], Callable[[int, int], None]], Any]


class Control:
    """The ASGI handler of /-/command."""

    def __init__(self, token: str, run: Runner) -> None:
        self._token = token
        self._run = run
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="command")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        given = headers.get(b"authorization", b"").decode("latin-1")
        if scope["method"] != "POST" or not hmac.compare_digest(given, f"Bearer {self._token}"):
            await _answer(send, 404, b"")
            return
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        try:
            asked = json.loads(body)
            name, arguments = str(asked["command"]), dict(asked["arguments"])
        except (ValueError, KeyError, TypeError):
            await _answer(send, 400, b'{"error": "The body must be {command, arguments}."}')
            return
        await self._stream(name, arguments, send)

    async def _stream(self, name: str, arguments: dict[str, Any], send: Any) -> None:
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

        def tell(line: dict[str, Any] | None) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        def work() -> None:
            try:
                tell({"result": self._run(name, arguments, lambda done, total: tell({"progress": [done, total]}))})
            except TenureError as error:
                tell({"error": str(error)})
            except Exception as error:
                tell({"error": f"{type(error).__name__}: {error}"})
                raise
            finally:
                close_old_connections()
                tell(None)

        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/x-ndjson")]}
        )
        done = loop.run_in_executor(self._threads, work)
        while (line := await lines.get()) is not None:
            text = json.dumps(line, default=str).encode() + b"\n"
            await send({"type": "http.response.body", "body": text, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        await asyncio.wait([done])


async def _answer(send: Any, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})
