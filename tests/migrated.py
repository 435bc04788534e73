"""A SQLite database that was migrated once for all processes of a run: that takes a processor nine seconds."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path


def copy_to(path: Path) -> None:
    """Puts a database there that has all tables and what migrations write into them, and nothing else."""
    migrated = Path(os.environ["TEST_MIGRATED"])  # tests.settings
    migrated.mkdir(exist_ok=True)
    with (migrated / "alone").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (migrated / "done").exists():
            _migrate(migrated)
            (migrated / "done").touch()
    shutil.copyfile(migrated / "tenure.sqlite3", path)


def _migrate(folder: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TENURE_", "DJANGO_"))}
    command = [sys.executable, "-m", "django", "migrate", "--settings", "tenure.settings", "--verbosity", "0"]
    subprocess.run(command, env={**clean, "TENURE_DATA": str(folder)}, check=True, capture_output=True)
