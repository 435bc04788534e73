"""The few words of ASGI the receiver speaks."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from tenure.events.formats.format import Answer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def headers_of(scope: Scope) -> dict[str, str]:
    """The request's headers, names in lower case; of one sent several times the last."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def send_answer(send: Send, answer: Answer, cors: tuple[tuple[str, str], ...] = (), close: bool = False) -> None:
    """Sends it with its length. `close`: the connection ends with it."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers + cors]
    if answer.status != 204:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
