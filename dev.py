#!/usr/bin/env python3
"""One command from nothing: `python3 dev.py demo | test | check | bench | serve | messages`. Standard library only.

Everything it installs stays in this folder (.tools, .venv, frontend/node_modules), except a browser and a PostgreSQL
for the tests, which come from Debian's packages when they are missing and this is root.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
UV = ROOT / ".tools" / "bin" / "uv"
ROOM_BYTES = 6 * 2**30  # in memory, before the tests keep their files there


def main() -> int:
    named = (demo, test, check, bench, serve, messages, run)
    commands = {each.__name__: each for each in named}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(f"{__doc__}\nusage: python3 dev.py {{{'|'.join(commands)}}} [arguments]")
        return 2
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process of the tests compiles all modules again: 2 s
    get_uv()
    return commands[sys.argv[1]](sys.argv[2:])


def demo(arguments: list[str]) -> int:
    """The demo company, made anew in ./demo-data if it is not there, and served."""
    os.environ.setdefault("TENURE_DATA", str(ROOT / "demo-data"))
    return uv("run", "--locked", "tenure", "demo", *arguments)


def serve(arguments: list[str]) -> int:
    """Tenure on its own data."""
    return uv("run", "--locked", "tenure", "serve", *arguments)


def run(arguments: list[str]) -> int:
    """Any command in the project's environment."""
    return uv("run", "--locked", *arguments)


def test(arguments: list[str]) -> int:
    """All tests, the browser's included. `--fast` leaves out the slow ones and the browser's, `--postgresql` runs on a
    PostgreSQL of the run's own instead of SQLite; anything else goes to pytest."""
    get_programs()
    chosen = {"--fast", "--postgresql"} & set(arguments)
    # Three on two cores: tests wait for servers, browsers and disks half of their time. They take a few at a time: the
    # long ones come last, and whoever had many of them would end long after the others.
    arguments = [each for each in arguments if each not in chosen] or ["-n", "3", "--maxschedchunk", "4"]
    if "--postgresql" in chosen:
        os.environ["TEST_DATABASE"] = "postgresql"
    if "--fast" in chosen:
        arguments += ["-m", "not slow and not browser"]
    with memory_folder():
        return uv("run", "--locked", "pytest", *arguments)


def check(arguments: list[str]) -> int:
    """Format, lint, strict types, import direction. `--fix` mends what can be mended."""
    if "--fix" in arguments:
        uv("run", "--locked", "ruff", "format", ".")
        uv("run", "--locked", "ruff", "check", "--fix", ".")
    steps = (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"], ["lint-imports"])
    return max(uv("run", "--locked", *step) for step in steps)


def bench(arguments: list[str]) -> int:
    """The benchmarks: ratios against references measured in the same run."""
    return uv("run", "--locked", "--group", "bench", "python", "-m", "benchmarks", *arguments)


def messages(arguments: list[str]) -> int:
    """Brings the Chinese catalogues up to date with the sources; then fill in what is empty."""
    return uv("run", "--locked", "python", "frontend/messages.py", *arguments)


def uv(*arguments: str) -> int:
    return subprocess.call([str(UV), *arguments])


def get_uv() -> None:
    if UV.exists():
        return
    tools = ROOT / ".tools"
    if importlib.util.find_spec("pip"):  # a third of the time that an environment of its own takes
        python, where = sys.executable, ["--target", str(tools), "--root-user-action", "ignore"]
    else:
        subprocess.check_call([sys.executable, "-m", "venv", str(tools)])
        python, where = str(tools / "bin" / "python"), []
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *where]
    subprocess.check_call([*pip, f"uv=={UV_VERSION}"])


@contextlib.contextmanager
def memory_folder() -> Iterator[None]:
    """Temporary files in memory where there is room for them: thousands of small databases wait for the disk else."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK) and not os.statvfs(memory).f_flag & os.ST_NOEXEC
    if "TMPDIR" in os.environ or not usable or shutil.disk_usage(memory).free < ROOM_BYTES:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="tenure-tests-", dir=memory) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as somebody else
        os.environ["TMPDIR"] = folder
        yield


def get_programs() -> None:
    """A browser and a PostgreSQL for the tests, from Debian's packages."""
    missing = [] if shutil.which("chromium") else ["chromium", "fonts-noto-cjk"]
    if not (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        missing += ["postgresql"]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Tests that need them will be SKIPPED. Install them: apt-get install {' '.join(missing)}")
        return
    subprocess.check_call(["apt-get", "update", "-qq"])
    subprocess.check_call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing])


if __name__ == "__main__":
    raise SystemExit(main())
