"""Resident memory of a server after its start: one process with everything in it, on an empty data folder.

Measured as installed: PyArrow and structlog import pandas, NumPy and rich wherever they find them, 48 MB together, and
chDB and the SDKs, which only the tests need, bring them along. `pip install tenure` does not, so they are hidden here.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.installed import TENURE

from benchmarks.ratio import Ratio

BOUND_MB = 250
START_WITHIN_S = 120.0
SETTLE_S = 3.0  # the loader, the worker and the schedules take their first turn


def run() -> list[Ratio]:
    with tempfile.TemporaryDirectory(prefix="tenure-memory-") as folder:
        measured = _after_start(folder)
    return [Ratio("resident memory of the server after start", measured, BOUND_MB, "MB", at_most=1)]


def _after_start(folder: str) -> float:
    """Megabytes (10^6 bytes) resident once it has answered its health endpoint, its login page and settled."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
    server = subprocess.Popen(
        [*TENURE, "serve", "--port", str(port)],
        env={**environment, "TENURE_DATA": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/-/health", server)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=60).close()
        time.sleep(SETTLE_S)
        pages = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers: 503 while something is wrong
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {START_WITHIN_S:.0f} s")
