"""Kills a real server with SIGKILL at random moments, under senders that send again what was not acknowledged."""

import base64
import contextlib
import gzip
import http.client
import json
import os
import random
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import duckdb

from tenure.server.assets import ensure_assets
from tests.installed import TENURE

KEY = "key-of-the-senders"
EVENTS_A_BATCH = 20
START_WITHIN_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """`acknowledged` events, each counted once; `loaded` rows of the warehouse and `distinct` ids among them."""

    acknowledged: int
    loaded: int
    distinct: int
    starts_s: list[float] = field(repr=False)  # from the start of the process to the first acknowledged batch

    @property
    def lost(self) -> int:
        return self.acknowledged - self.distinct

    @property
    def double(self) -> int:
        return self.loaded - self.distinct

    @property
    def slowest_start_s(self) -> float:
        return max(self.starts_s)


def kill_rounds(folder: Path, rounds: int, seed: int) -> Outcome:
    """Kills `rounds` times, starts once more, lets everything be acknowledged and loaded, and counts."""
    rng = random.Random(seed)
    server = Server(folder)
    starts_s = []
    with Senders(server.port, rng.getrandbits(32)) as senders:
        for _ in range(rounds):
            if rng.random() < 0.2:  # while it starts, too: it is loading what the last one left
                server.start()
                time.sleep(rng.uniform(0.3, 3))
            else:
                starts_s.append(server.start_and_wait(senders))
                time.sleep(rng.uniform(0, 1.5))
            server.kill()
        starts_s.append(server.start_and_wait(senders))
    try:
        server.wait_until_loaded()
    finally:
        server.stop()
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as warehouse:
        [(loaded, distinct)] = warehouse.execute("SELECT count(*), count(DISTINCT message_id) FROM event").fetchall()
    return Outcome(senders.acknowledged, loaded, distinct, starts_s)


class Server:
    """`tenure serve` on a free port and a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._environment = {**os.environ, "TENURE_DATA": str(folder), "TENURE_MIN_FREE_DISK": "1"}
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)
        self._log_path = folder / "server.log"
        self._log = self._log_path.open("wb")
        self.port = _port()
        ensure_assets()  # built once in a checkout, at the first start; not what is timed here
        self._command("source", "add", "Senders", "--key", KEY)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [*TENURE, "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._log, stderr=self._log)

    def start_and_wait(self, senders: "Senders") -> float:
        """Seconds until a sender heard an acknowledgement, without those in which it waited for a processor.

        So that the figure is the server's own, also while other tests run beside it.
        """
        before, began = senders.batches, time.monotonic()
        self.start()
        assert self._process is not None
        while senders.batches == before:
            assert self._process.poll() is None, f"the server ended by itself:\n{self._log_path.read_text()[-3000:]}"
            assert time.monotonic() - began < START_WITHIN_S, "the server takes no events"
            time.sleep(0.01)
        return time.monotonic() - began - _waited_for_a_processor_s(self._process.pid)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(60)
        finally:
            self._process.kill()
            self._log.close()

    def wait_until_loaded(self) -> None:
        deadline = time.monotonic() + 120
        while json.loads(self._command("stats", "--json"))["inbox_lag"]:
            assert time.monotonic() < deadline, "the loader does not come to its end"
            time.sleep(0.5)

    def _command(self, *arguments: str) -> str:
        command = [*TENURE, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _port() -> int:
    """A free port below those the kernel gives to clients.

    One of those, while nobody listens, may be given to a sender that connects to it: it then talks to itself, and
    the server cannot listen.
    """
    for port in random.sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no free port between 20000 and 30000")


def _waited_for_a_processor_s(pid: int) -> float:
    """What the kernel counted for the process's first thread, which does the starting; 0 where it does not count."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


class Senders:
    """Threads that send batches one after the other, each again and again until it is acknowledged.

    On leaving the block every batch begun is acknowledged.
    """

    def __init__(self, port: int, seed: int, count: int = 6) -> None:
        self._port = port
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self.batches = 0
        self._threads = [threading.Thread(target=self._send_all, args=(n, seed + n)) for n in range(count)]

    @property
    def acknowledged(self) -> int:
        """Events acknowledged, each counted once."""
        return self.batches * EVENTS_A_BATCH

    def __enter__(self) -> "Senders":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._failed = kind is not None
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _send_all(self, sender: int, seed: int) -> None:
        rng = random.Random(seed)
        sent = 0
        while not self._stopping.is_set():
            self._send_until_acknowledged(batch(sender, sent))
            sent += 1
            with self._lock:
                self.batches += 1
            if rng.random() < 0.1:  # as clients do that missed the answer
                self._send(batch(sender, rng.randrange(sent)))
            time.sleep(0.005)

    def _send_until_acknowledged(self, body: bytes) -> None:
        while not self._send(body):
            if self._stopping.is_set() and self._failed:
                return
            time.sleep(0.05)

    def _send(self, body: bytes) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        key = base64.b64encode(f"{KEY}:".encode()).decode()
        headers = {"authorization": f"Basic {key}", "content-encoding": "gzip"}
        try:
            connection.request("POST", "/v1/batch", body, headers)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def batch(sender: int, number: int) -> bytes:
    """The same bytes each time it is asked for."""
    items = [
        {
            "type": "track",
            "event": f"Event {place % 7}",
            "messageId": f"{sender}-{number}-{place}",
            "userId": f"user-{(number + place) % 50}",
            "timestamp": f"2026-10-{1 + number % 28:02}T12:00:{place:02}Z",
            "context": {"groupId": f"account-{number % 11}"},
        }
        for place in range(EVENTS_A_BATCH)
    ]
    return gzip.compress(json.dumps({"batch": items}).encode(), mtime=0)
