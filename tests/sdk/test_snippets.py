"""What the sources page offers to paste works as it stands."""

import shutil
import subprocess
import sys

import pytest

from tenure.events.snippets import snippets
from tests.events.receive.conftest import KEY
from tests.sdk.conftest import NODE

PYTHON = ["segment-python", "sensors-python", "posthog-python"]
NODE_JS = ["segment-node", "rudder-node", "posthog-node"]


def code_of(key: str, url: str) -> str:
    return next(each.code for each in snippets(url, KEY) if each.key == key)


def assert_report_viewed(messages: list) -> None:
    [viewed] = [message for message in messages if message.kind == "track"]
    assert viewed.user_id == "ada" and b'"rows"' in viewed.properties
    assert "acme" in (viewed.group_id, (viewed.groups or {}).get("company")) or b'"acme"' in viewed.properties


@pytest.mark.parametrize("key", PYTHON)
def test_it_sends_from_python(url, arrived, key):
    subprocess.run([sys.executable, "-c", code_of(key, url)], check=True, capture_output=True, timeout=300)
    assert_report_viewed(arrived())


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
def test_it_sends_from_a_shell(url, arrived):
    subprocess.run(["sh", "-c", f"{code_of('curl', url)} --silent --fail"], check=True, timeout=300)
    assert_report_viewed(arrived())


@pytest.mark.slow
@pytest.mark.parametrize("key", NODE_JS)
def test_it_sends_from_node(url, arrived, node_modules, key):
    script = node_modules.parent / f"{key}.mjs"
    script.write_text(code_of(key, url))
    subprocess.run([sys.executable, "-c", NODE, str(script)], check=True, capture_output=True, timeout=300)
    assert_report_viewed(arrived())
