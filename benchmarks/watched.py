"""`tenure import` as somebody watches it on a terminal: its time, its memory, how its progress bar moves."""

import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.installed import TENURE

_BAR = re.compile(r"([\d,]+) of ([\d,]+)")


@dataclass(frozen=True)
class Watched:
    """A command that ended. `still_s` is the longest time its bar stood still once it was there, `still_at` how full."""

    status: int
    seconds: float
    peak_mb: float
    still_s: float
    still_at: float


def watch(kind: str, path: Path, data: Path, kill_at: float = 2.0) -> Watched:
    """Runs the command on a data folder. It is killed (-9) once so much of the bar is full; 2 is never."""
    screen, terminal = pty.openpty()
    started = time.perf_counter()
    environment = {**os.environ, "TENURE_DATA": str(data)}
    command = [*TENURE, "import", kind, str(path)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    still, still_at, moved, share = 0.0, 0.0, 0.0, -1.0
    for shown in _bars(screen):
        now = time.perf_counter()
        if shown > share:
            if moved and now - moved > still:
                still, still_at = now - moved, share
            moved, share = now, shown
        if share >= kill_at:
            process.send_signal(signal.SIGKILL)
            break
    os.close(screen)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    return Watched(process.returncode, seconds, used.ru_maxrss / 1_000, still, still_at)


def _bars(screen: int) -> Iterator[float]:
    """How much of the bar is full, each time something is shown, until the command ends."""
    while True:
        try:
            text = os.read(screen, 65_536).decode(errors="replace")
        except OSError:  # the other end is closed
            return
        for done, total in _BAR.findall(text):
            yield int(done.replace(",", "")) / int(total.replace(",", ""))
