"""One ASGI app: event paths go to the receiver, /-/ to the operators' endpoints, everything else to Django.

Django runs as WSGI on a fixed pool of threads, each with its own lasting database connection.
"""

from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tenure.events.formats.all import ROUTES
from tenure.lib.garbage import settle

AsgiApp = Any


def compose(receiver: AsgiApp | None, operators: dict[str, AsgiApp], web_threads: int) -> AsgiApp:
    """`receiver` None: this process takes no events; `web_threads` 0: it serves no pages."""
    pages = _pages(web_threads) if web_threads else _nothing_here

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] in operators:
            await operators[scope["path"]](scope, receive, send)
        elif scope["path"] in ROUTES and receiver is not None:
            await receiver(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return app


def _pages(threads: int) -> AsgiApp:
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 — imports every view now, not with somebody's first page
    settle()
    return WSGIMiddleware(application, workers=threads)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _nothing_here(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"This process serves no pages.\n"})
