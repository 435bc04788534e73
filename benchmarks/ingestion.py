"""Durable ingestion of gzip batches of 100 events, against the same app that writes nothing, and plain FastAPI."""

import gzip
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from benchmarks.ratio import Ratio

EVENTS_A_BATCH = 100
CONNECTIONS = 32
KINDS = ("durable", "unwritten", "plain")


def run(quick: bool = False) -> list[Ratio]:
    if not shutil.which("wrk"):
        raise SystemExit("The ingestion benchmark needs wrk: apt-get install wrk")
    rounds, seconds = (3, 1) if quick else (9, 3)
    folder = Path(tempfile.mkdtemp(prefix="tenure-ingestion-"))
    try:
        script = write_script(folder)
        rates = measure(folder, script, rounds, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    durable, unwritten, plain = (statistics.median(rates[kind]) for kind in KINDS)
    return [
        Ratio("durable batches against the inbox write left out", durable, unwritten, "events/s", at_least=0.4),
        Ratio("durable batches against FastAPI that only parses", durable, plain, "events/s", at_least=4),
    ]


def measure(folder: Path, script: Path, rounds: int, seconds: int) -> dict[str, list[float]]:
    """Events per second of each server in each round; rounds are interleaved, so that a noisy moment hits all."""
    servers, ports = [], {}
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    try:
        for kind in KINDS:
            ports[kind] = free_port()
            environment = {**os.environ, "TENURE_DATA": str(folder / kind)}
            command = [sys.executable, "-m", "benchmarks.ingestion_server", kind, str(ports[kind])]
            servers.append(subprocess.Popen(command, env=environment))
        for kind in KINDS:
            wait_for(ports[kind])
            load(ports[kind], script, 1)
        for _ in range(rounds):
            for kind in KINDS:
                rates[kind].append(load(ports[kind], script, seconds) * EVENTS_A_BATCH)
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    return rates


def load(port: int, script: Path, seconds: int) -> float:
    """Requests per second; raises when any was not answered 2xx."""
    address = f"http://127.0.0.1:{port}/v1/batch"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), address]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"Not every batch was taken:\n{output}")
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", output)[0])


def write_script(folder: Path, bodies: int = 40) -> Path:
    """A wrk script that sends the bodies in turn."""
    rng = random.Random(1)
    for n in range(bodies):
        (folder / f"{n}.gz").write_bytes(gzip.compress(batch(rng), 6))
    script = folder / "post.lua"
    script.write_text(f"""
        local bodies, at = {{}}, 0
        for n = 0, {bodies - 1} do
          local file = io.open("{folder}/" .. n .. ".gz", "rb")
          bodies[n] = file:read("*a")
          file:close()
        end
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["Content-Encoding"] = "gzip"
        wrk.headers["Authorization"] = "Basic a2V5Og=="
        request = function()
          at = (at + 1) % {bodies}
          return wrk.format(nil, nil, nil, bodies[at])
        end
    """)
    return script


def batch(rng: random.Random) -> bytes:
    """Like Segment's Node library sends them: about 500 bytes an event."""
    library = {"name": "@segment/analytics-node", "version": "2.3.0"}
    calls = [
        {
            "type": "track",
            "event": f"Document {rng.choice(['Opened', 'Saved', 'Shared', 'Exported', 'Printed'])}",
            "userId": f"user-{rng.randrange(200_000)}",
            "messageId": f"node-next-{uuid.UUID(int=rng.getrandbits(128))}",
            "timestamp": f"2026-11-{rng.randrange(1, 21):02}T{rng.randrange(24):02}:{rng.randrange(60):02}:12.345Z",
            "context": {"library": library, "groupId": f"account-{rng.randrange(5_000)}", "ip": "203.0.113.9"},
            "properties": {
                "document_id": str(uuid.UUID(int=rng.getrandbits(128))),
                "pages": rng.randrange(1, 300),
                "plan": rng.choice(["free", "team", "business"]),
                "duration_ms": rng.random() * 1e4,
                "shared_with": [f"user-{rng.randrange(200_000)}" for _ in range(3)],
            },
            "integrations": {},
            "_metadata": {"nodeVersion": "24.1.0"},
        }
        for _ in range(EVENTS_A_BATCH)
    ]
    return json.dumps({"batch": calls, "sentAt": "2026-11-21T12:00:00.000Z"}, separators=(",", ":")).encode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("A server of the benchmark did not start within 30 s")
