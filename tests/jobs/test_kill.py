import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.made_once import copy_migrated

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(params=["sqlite", "postgres"])
def environment(request: pytest.FixtureRequest, tmp_path) -> dict[str, str]:
    url = ""
    if request.param == "sqlite":
        copy_migrated(tmp_path / "tenure.sqlite3")
    else:
        server = request.getfixturevalue("postgres_url")
        name = f"kill_{os.getpid()}_{abs(hash(request.node.name)) % 10**6}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = server.replace("/postgres?", f"/{name}?")
    return os.environ | {"TENURE_DATA": str(tmp_path), "TENURE_DATABASE_URL": url}


def story(command: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "tests.jobs.story", command]
    return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def test_it_goes_on_with_the_job_of_a_killed_worker_where_that_one_ended(environment):
    first = story("begin", environment)
    assert first.stdout.readline() == "half\n"
    first.kill()
    first.wait()

    second = story("go-on", environment)
    answer, _ = second.communicate(timeout=300)
    found = json.loads(answer.splitlines()[-1])
    assert found["attempts"] == 2
    steps = found["result"]["steps"]
    assert [number for number, _ in steps] == list(range(1, 21))
    assert [pid for _, pid in steps] == [first.pid] * 10 + [second.pid] * 10


def test_it_does_each_job_once_with_two_workers(environment):
    answer, _ = story("race", environment).communicate(timeout=300)
    assert json.loads(answer.splitlines()[-1]) == {"jobs": 60, "done": [1] * 60}
