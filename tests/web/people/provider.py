"""A small OpenID Connect provider on this machine: it lets everybody in as whom the test says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt


class Provider:
    """`claims` are those of whoever signs in next; `asked` the paths that were asked for."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[str] = []
        self.token_endpoint = ""
        self.url = ""


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            provider.asked.append(path.path)
            if path.path == "/.well-known/openid-configuration":
                return self._say(
                    {
                        "issuer": provider.url,
                        "authorization_endpoint": f"{provider.url}/authorize",
                        "token_endpoint": provider.token_endpoint or f"{provider.url}/token",
                        "userinfo_endpoint": f"{provider.url}/userinfo",
                        "jwks_uri": f"{provider.url}/keys",
                    }
                )
            if path.path == "/authorize":
                query = parse_qs(path.query)
                back = urlencode({"code": "the-code", "state": query["state"][0]})
                self.send_response(302)
                self.send_header("Location", f"{query['redirect_uri'][0]}?{back}")
                self.end_headers()
                return None
            return self._say(provider.claims)

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            token = jwt.encode({**provider.claims, "iss": provider.url, "aud": "tenure", "exp": 4e9}, "k" * 32)
            self._say({"access_token": "the-token", "token_type": "Bearer", "id_token": token})

        def _say(self, answer: object) -> None:
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])  # how soon it sees that it is to end
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
