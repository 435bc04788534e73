#!/usr/bin/env python3
"""One command from nothing: `python3 dev.py demo | test | check | bench | serve`. Standard library only.

Everything it installs stays in this folder (.tools, .venv, frontend/node_modules), except the browser for the
browser tests, which comes from Debian's packages when it is missing and this is root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
UV = ROOT / ".tools" / "bin" / "uv"


def main() -> int:
    commands = {"demo": demo, "test": test, "check": check, "bench": bench, "serve": serve, "run": run}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(f"{__doc__}\nusage: python3 dev.py {{{'|'.join(commands)}}} [arguments]")
        return 2
    os.chdir(ROOT)
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
    """All tests, the browser's included. `--fast` leaves out the slow ones; anything else goes to pytest."""
    get_chromium()
    if "--fast" in arguments:
        arguments = [each for each in arguments if each != "--fast"] + ["-m", "not slow and not browser"]
    return uv("run", "--locked", "pytest", *(arguments or ["-n", "2"]))


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


def uv(*arguments: str) -> int:
    return subprocess.call([str(UV), *arguments])


def get_uv() -> None:
    if UV.exists():
        return
    subprocess.check_call([sys.executable, "-m", "venv", str(ROOT / ".tools")])
    pip = [
        str(ROOT / ".tools" / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.check_call([*pip, f"uv=={UV_VERSION}"])


def get_chromium() -> None:
    if shutil.which("chromium"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print("No chromium: the browser tests will be SKIPPED. Install it: apt-get install chromium fonts-noto-cjk")
        return
    subprocess.check_call(["apt-get", "update", "-qq"])
    packages = ["chromium", "fonts-noto-cjk"]
    subprocess.check_call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


if __name__ == "__main__":
    raise SystemExit(main())
