"""What is made once for all processes of a run, as it takes a processor seconds."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled in whichever process came first. Nobody changes what is in it: take a copy."""
    folder = Path(os.environ["TEST_MADE_ONCE"]) / name  # tests.settings
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "alone").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder


def copy_migrated(path: Path) -> None:
    """Puts a SQLite database there that has all tables and what migrations write into them, and nothing else."""
    shutil.copyfile(migrated() / "tenure.sqlite3", path)


def migrated() -> Path:
    """The data folder with that database."""
    return made_once("migrated", _migrate)


def _migrate(folder: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
    command = [sys.executable, "-m", "django", "migrate", "--settings", "tenure.settings", "--verbosity", "0"]
    subprocess.run(command, env={**clean, "TENURE_DATA": str(folder)}, check=True, capture_output=True)
