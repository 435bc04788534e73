"""Who owns the data folder: one process at a time holds its lock, and says in server.json how to talk to it."""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from tenure.config import Config
from tenure.lib.errors import TenureError


class AlreadyOwned(TenureError):
    """Another process owns this data folder."""


@dataclass(frozen=True)
class Address:
    """Where the owner listens and the token its control endpoint wants; readable by the folder's owner only."""

    url: str
    token: str
    pid: int


class Ownership:
    """Holds the lock of a data folder. The lock goes with the process, however it ends."""

    def __init__(self, file: IO[str], folder: Path) -> None:
        self._file = file
        self._folder = folder

    def announce(self, url: str) -> Address:
        """Writes server.json, so that the command line finds this process."""
        address = Address(url, secrets.token_urlsafe(32), os.getpid())
        path = self._folder / "server.json"
        scratch = path.with_suffix(".new")
        scratch.unlink(missing_ok=True)
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(address), file)
        scratch.replace(path)
        return address

    def release(self) -> None:
        (self._folder / "server.json").unlink(missing_ok=True)
        self._file.close()


def take(config: Config) -> Ownership:
    """Takes the data folder; raises AlreadyOwned while another process holds it."""
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (config.data / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyOwned(
            f"Another Tenure process owns {config.data}. Stop it, or set TENURE_DATA to another folder."
        ) from None
    (config.data / "server.json").unlink(missing_ok=True)
    return Ownership(file, config.data)


def running(config: Config) -> Address | None:
    """The address of the process that owns the folder and serves, if there is one."""
    try:
        return Address(**json.loads((config.data / "server.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
