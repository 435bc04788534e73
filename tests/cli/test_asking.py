"""Which process runs a command: this one, or the server that owns the data folder."""

import http.server
import json
import threading
import time
from dataclasses import replace

import pytest

from tenure import config as config_module
from tenure.cli import main
from tenure.cli.command import Command, no_options
from tenure.server import owner
from tests.cli.running import free_port


def nothing(done, total):
    pass


@pytest.fixture
def owned(tmp_path):
    """A data folder another process owns (a lock is another one's wherever it was taken)."""
    config = replace(config_module.read({}), data=tmp_path / "data")
    ownership = owner.take(config)
    yield config, ownership
    ownership.release()


COMMAND = Command("stats", "", no_options, lambda *_: "done here", str)


class Answering(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"progress": [1, 2]}).encode() + b"\n")
        self.wfile.write(json.dumps({"result": asked}).encode() + b"\n")

    def log_message(self, *_):
        pass


def test_it_waits_for_a_server_that_is_starting_and_asks_it(owned):
    config, ownership = owned
    port, told = free_port(), []
    server: list[http.server.HTTPServer] = []

    def start():
        time.sleep(0.3)
        ownership.announce(f"http://127.0.0.1:{port}")  # it does not listen yet
        time.sleep(0.5)
        server.append(http.server.HTTPServer(("127.0.0.1", port), Answering))
        server[0].serve_forever(0.05)

    thread = threading.Thread(target=start)
    thread.start()
    try:
        answer = main.run(COMMAND, {"day": "2026-01-01"}, config, lambda *far: told.append(far))
    finally:
        server[0].shutdown()
        thread.join()
        server[0].server_close()
    assert answer == {"command": "stats", "arguments": {"day": "2026-01-01"}}
    assert told == [(1, 2)]


def test_it_gives_up_when_nobody_answers(owned, monkeypatch):
    config, ownership = owned
    monkeypatch.setattr(main, "WAIT_S", 0.3)
    with pytest.raises(owner.AlreadyOwned):
        main.run(COMMAND, {}, config, nothing)
    ownership.announce(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(main.NotListening, match="does not answer"):
        main.run(COMMAND, {}, config, nothing)


def test_it_does_not_wait_to_do_what_needs_that_nobody_serves(owned):
    config, _ = owned
    started = time.monotonic()
    with pytest.raises(owner.AlreadyOwned, match="Stop it"):
        main.run(replace(COMMAND, where="alone"), {}, config, nothing)
    assert time.monotonic() - started < 5


def test_it_runs_here_what_needs_no_owner(owned):
    config, _ = owned
    assert main.run(replace(COMMAND, where="here"), {}, config, nothing) == "done here"
