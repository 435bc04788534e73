import os
import subprocess
import sys
from dataclasses import replace

import pytest

from tenure import config as config_module
from tenure.server import owner


@pytest.fixture
def config(tmp_path):
    return replace(config_module.read({}), data=tmp_path / "data")


def test_it_lets_one_process_own_the_folder(config):
    first = owner.take(config)
    with pytest.raises(owner.AlreadyOwned, match="Stop it, or set TENURE_DATA"):
        owner.take(config)
    first.release()
    owner.take(config).release()


def test_it_tells_the_command_line_where_the_server_is(config):
    ownership = owner.take(config)
    told = ownership.announce("http://127.0.0.1:9999")
    assert owner.running(config) == told
    assert told.pid == os.getpid()
    ownership.release()
    assert owner.running(config) is None


def test_it_keeps_the_token_from_other_people(config):
    ownership = owner.take(config)
    ownership.announce("http://127.0.0.1:9999")
    assert (config.data / "server.json").stat().st_mode & 0o077 == 0
    assert config.data.stat().st_mode & 0o077 == 0
    ownership.release()


def test_it_frees_the_folder_when_the_process_is_killed(config):
    code = (
        "import sys, time; from dataclasses import replace; from pathlib import Path\n"
        "from tenure import config; from tenure.server import owner\n"
        "kept = owner.take(replace(config.read({}), data=Path(sys.argv[1]))); kept.announce('http://x')\n"
        "print('taken', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(config.data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "taken\n"
    with pytest.raises(owner.AlreadyOwned):
        owner.take(config)
    process.kill()
    process.wait()
    ownership = owner.take(config)
    assert owner.running(config) is None  # what the dead one said is gone
    ownership.release()
