"""Reads the next bodies of a backlog in a process of its own, while those before them are written.

Reading is two thirds of what loading takes of Python, and Python runs one thread at a time. The process needs no
database and knows nothing: where there is none, or it ended, bodies are read here and the answer is the same.
"""

import os
import pickle
import signal
import sys
from collections.abc import Collection
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

import structlog

from tenure.events.inbox.store import Body
from tenure.events.reading import Read, read
from tenure.lib.garbage import unsearched

log = structlog.get_logger()


class ReadingAhead:
    """Not thread-safe. The process ends with the one that started it, or when this is let go of.

    `is_tried`: the process was started, or there is no processor for it. `is_busy`: it reads what was asked for.
    """

    def __init__(self, max_decoded: int) -> None:
        self._max_decoded = max_decoded
        self._line: Connection | None = None
        self._is_ready = False
        self.is_busy = False
        self.is_tried = os.cpu_count() == 1  # it would only take turns with this one

    def start(self) -> None:
        """Begins the process; until it is ready bodies are read here."""
        self.is_tried = True
        processes = get_context("spawn")
        line, theirs = processes.Pipe()
        try:
            processes.Process(
                target=serve, args=(theirs, self._max_decoded), name="tenure reads ahead", daemon=True
            ).start()
        except OSError as error:
            log.warning("no process to read ahead", error=repr(error))
        else:
            self._line = line
        theirs.close()

    def ask(self, bodies: Collection[Body]) -> None:
        """Has them read meanwhile, if there is a process; the next `read` must be of the same ones, or after `forget`.

        More may stand behind them by then.
        """
        if self._line is None or not bodies:
            return
        try:
            if not self._is_ready and self._line.poll():
                self._is_ready = self._line.recv()
            if self._is_ready:
                self._line.send(list(bodies))
                self.is_busy = True
        except (EOFError, OSError) as error:
            self._end(error)

    def read(self, bodies: Collection[Body]) -> Read:
        """What reading.read makes of them."""
        return self._answer() or read(bodies, self._max_decoded)

    def stop(self) -> None:
        """Lets the process go; it may be started again."""
        if self._line is not None:
            self._line.close()
            self._line, self._is_ready, self.is_busy, self.is_tried = None, False, False, False

    def forget(self) -> None:
        """Nobody wants what was asked for any more."""
        self._answer()

    def _answer(self) -> Read | None:
        if self._line is None or not self.is_busy:
            return None
        self.is_busy = False
        try:
            return _receive(self._line)
        except (EOFError, OSError) as error:
            self._end(error)
            return None

    def _end(self, error: Exception) -> None:
        """A body that ends the process will show what is wrong with it when it is read here."""
        log.warning("the process that reads ahead ended", error=repr(error))
        self._line, self._is_ready, self.is_busy = None, False, False


def serve(line: Connection, max_decoded: int) -> None:
    """The process: says that it is ready, then answers each list of bodies with their Read until the line is cut."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too; it ends with its parent
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with unsearched(), suppress(EOFError, OSError):
        line.send(True)
        while True:
            _send(line, read(line.recv(), max_decoded))


def _send(line: Connection, found: Read) -> None:
    """The columns go as they lie in memory: copied into the pickle they would take a tenth of what reading takes."""
    columns: list[pickle.PickleBuffer] = []
    line.send((pickle.dumps(found, protocol=5, buffer_callback=columns.append), len(columns)))
    for column in columns:
        line.send_bytes(column.raw())


def _receive(line: Connection) -> Read:
    found, columns = line.recv()
    read_ahead: Read = pickle.loads(found, buffers=[line.recv_bytes() for _ in range(columns)])  # noqa: S301 - our own
    return read_ahead
