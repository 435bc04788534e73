"""A receiver over a real inbox, served on a free port of this machine."""

import base64
import gzip
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import uvicorn

from tenure import config as settings
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.keys import WriteKeys
from tenure.events.receive import Receiver, create_app
from tenure.events.receive.notes import Notes

KEY, SOURCE_ID = "key-of-the-app", 7


class KeptNotes(Notes):
    """Keeps in memory what would be written to the database."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list = []

    def refused(self, refused) -> None:
        self.kept.append(refused)

    def key_used(self, key_id: int) -> None:
        self.kept.append(key_id)


class Server:
    """The receiver on a port, with what it stands on."""

    def __init__(self, inbox: SqliteInbox, config: settings.Config) -> None:
        self.inbox, self.config, self.notes = inbox, config, KeptNotes()
        self.loaded, self.woken = 0, threading.Event()
        self.receiver: Receiver = create_app(
            inbox,
            config,
            position=lambda: self.loaded,
            wake=self.woken.set,
            keys=WriteKeys(lambda: {KEY: (SOURCE_ID, 70)}),
            notes=self.notes,
        )
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(self.receiver, lifespan="off", log_level="error", access_log=False)
        )
        self._thread = threading.Thread(target=self._uvicorn.run, kwargs={"sockets": [self._socket]})

    def start(self) -> None:
        self._thread.start()
        while not self._uvicorn.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self._uvicorn.should_exit = True
        self._thread.join()
        self.receiver.close()
        self.inbox.close()

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    def post_batch(self, names: list[str], key: str = KEY, **headers: str) -> http.client.HTTPResponse:
        zipped = gzip.compress(batch(names))
        return self.send("POST", "/v1/batch", zipped, **auth(key), content_encoding="gzip", **headers)

    def bodies(self) -> list[bytes]:
        return [body.request.body for body in self.inbox.after(0, 10**6, 10**9)]


def batch(names: list[str]) -> bytes:
    items = [{"type": "track", "event": name, "userId": "u", "messageId": f"m-{name}"} for name in names]
    return json.dumps({"batch": items}).encode()


def auth(key: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


@pytest.fixture
def serve(tmp_path) -> Iterator:
    """Starts a server with some settings changed."""
    servers = []

    def start(**changes) -> Server:
        config = replace(settings.read({"TENURE_DATA": str(tmp_path), "TENURE_MIN_FREE_DISK": "1"}), **changes)
        server = Server(SqliteInbox(config.inbox_path), config)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(serve) -> Server:
    return serve()
