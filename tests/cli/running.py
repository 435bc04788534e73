"""Runs the `tenure` command as a person would: in a process of its own, on a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.installed import TENURE
from tests.made_once import copy_migrated


class Installation:
    """A data folder, and the commands on it. `new`: it is not there yet; else the database has its tables."""

    def __init__(self, data: Path, *, new: bool = False, **settings: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
        self.env = {**clean, "TENURE_DATA": str(data), **settings}
        self.data = data
        if not new and "TENURE_DATABASE_URL" not in settings:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)  # as the product makes it
            copy_migrated(data / "tenure.sqlite3")
        chdb = settings.get("TENURE_WAREHOUSE_URL", "").startswith("chdb:")  # it asks for pandas
        self.command = [sys.executable, "-m", "tenure"] if chdb else TENURE

    def run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [*self.command, *arguments]
        return subprocess.run(
            command, env=self.env, input=text, capture_output=True, text=True, timeout=300, check=False
        )

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def serve(self, *arguments: str, **settings: str) -> "Server":
        return Server(self, arguments, settings)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server; killed at the end however the test ends."""

    def __init__(self, installation: Installation, arguments: Sequence[str], settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [*installation.command, "serve", "--port", str(self.port), *arguments],
            env=installation.env | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "Server":
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended"
            try:
                urllib.request.urlopen(f"{self.url}/-/health", timeout=5).close()
                return self
            except urllib.error.HTTPError:
                return self  # it answers: 503 while something is wrong
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer within 90 s")

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def post(self, path: str, body: bytes, key: str) -> int:
        return self.ask(path, body, {"Authorization": f"Bearer {key}"})[0]

    def ask(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and text of an answer."""
        request = urllib.request.Request(self.url + path, body, dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
