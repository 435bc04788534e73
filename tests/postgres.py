"""A private PostgreSQL for one test session: its own folder, its own socket, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

NEEDED = ("initdb", "pg_ctl")
DEBIAN = Path("/usr/lib/postgresql")  # where Debian keeps them, off the path


def missing() -> str:
    """Why no cluster can be started here; empty when one can."""
    absent = [name for name in NEEDED if not _program(name)]
    if absent:
        return f"PostgreSQL IS NOT TESTED: {' and '.join(absent)} not found (apt-get install postgresql)"
    if os.geteuid() == 0 and not _someone():
        return "PostgreSQL IS NOT TESTED: it does not run as root, and there is no user postgres or nobody"
    return ""


@contextlib.contextmanager
def cluster(more: str = "") -> Iterator[str]:
    """Starts a cluster and yields its address; stops and removes it at the end. Listens on a Unix socket only.

    `more` are options of the server, such as "-c listen_addresses=127.0.0.1 -c port=54321".
    """
    folder = Path(tempfile.mkdtemp(prefix="tenure-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _someone())
    data = folder / "data"
    try:
        language = (
            "--locale-provider=icu",
            "--icu-locale=en-US",
            "--locale=C.UTF-8",
        )  # as companies have it, not bytes
        _run(folder, "initdb", "-D", data, "-U", "tenure", "-A", "trust", "-E", "UTF8", *language, "-N")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c shared_buffers=16MB {more}"
        _run(folder, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://tenure@/postgres?host={folder}"
        finally:
            _run(folder, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, *command: str | Path) -> None:
    user = _someone() if os.geteuid() == 0 else None
    program, *arguments = command
    command = (_program(str(program)), *arguments)
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=user, extra_groups=[] if user else None
    )


def _program(name: str) -> str:
    """The newest one there is; empty when there is none."""
    on_path = shutil.which(name)
    return on_path or max((str(each) for each in DEBIAN.glob(f"*/bin/{name}")), default="")


def _someone() -> str:
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "")
