"""PostgreSQL's own programs, for backup and restore."""

import os
import subprocess
from urllib.parse import unquote, urlsplit, urlunsplit

from tenure.lib.errors import TenureError


class ClientFailed(TenureError):
    """pg_dump or pg_restore is missing or failed; the message holds what it said."""


def run_client(database_url: str, program: str, *arguments: str) -> None:
    """Runs pg_dump or pg_restore on the database; raises ClientFailed.

    The password goes by the environment: arguments are seen by everybody on the machine.
    """
    url = urlsplit(database_url)
    name, at, place = url.netloc.rpartition("@")
    address = urlunsplit(url._replace(netloc=name.partition(":")[0] + at + place))
    environment = {**os.environ, "PGPASSWORD": unquote(url.password)} if url.password else None
    command = [program, *arguments, f"--dbname={address}"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    except FileNotFoundError:
        raise ClientFailed(f"{program} is not installed: install PostgreSQL's client programs.") from None
    if done.returncode:
        raise ClientFailed(f"{program} failed: {done.stderr.strip()[-500:]}")
