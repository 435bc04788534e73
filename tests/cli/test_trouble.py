"""When there is no room, the loader lags, or the server is killed: refused openly, never lost."""

import http.cookiejar
import json
import re
import signal
import time
import urllib.parse
import urllib.request

import pytest

from tests.cli.running import Installation, Server, free_port
from tests.cli.test_life import events

pytestmark = pytest.mark.slow

KEY = "k" * 20
BODY = ("[" + events(10).replace("\n", ",") + "]").encode()
FULL = {"TENURE_MIN_FREE_DISK": str(2**60)}


@pytest.fixture(scope="module")
def tenure(tmp_path_factory) -> Installation:
    tenure = Installation(tmp_path_factory.mktemp("trouble") / "data")
    made = tenure.run("owner", "create", "alice@example.com", "--password-stdin", text="correct horse 9\n")
    assert made.returncode == 0, made.stderr
    assert tenure.run("source", "add", "App", "--key", KEY).returncode == 0
    return tenure


def refused(server: Server, reason: str) -> None:
    """Events are refused so that senders come again, and the health endpoint says why."""
    status, headers, _ = server.ask("/v1/events", BODY, {"Authorization": f"Bearer {KEY}"})
    assert status == 503
    assert int(headers["Retry-After"]) > 0
    status, _, text = server.ask("/-/health")
    assert status == 503
    assert reason in " ".join(json.loads(text)["problems"])


def test_it_refuses_events_while_the_disk_is_full_and_says_so_on_its_pages(tenure):
    with tenure.serve(**FULL) as server:
        refused(server, "disk is almost full")
        assert "disk is almost full" in system_page(server)
        assert tenure.json("stats")["events"] == 0
    with tenure.serve() as server:
        assert server.post("/v1/events", BODY, KEY) == 200
        assert server.ask("/-/health")[0] == 200
        wait_for(lambda: tenure.json("stats")["events"] == 10)
        server.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert server.process.wait(timeout=60) == 0
        assert time.monotonic() - started < 15
    assert not (tenure.data / "server.json").exists()


def test_it_refuses_events_while_too_many_wait(tenure):
    with tenure.serve(TENURE_INBOX_MAX_BACKLOG="0") as server:
        refused(server, "Too many events wait")


def test_it_answers_commands_at_once_after_the_server_was_killed(tenure):
    with tenure.serve() as server:
        body = BODY.replace(b"acme", b"killed")
        assert server.post("/v1/events", body, KEY) == 200
        server.kill()
    # The command loads what the killed one had acknowledged.
    assert tenure.json("events", "--account", "killed", "--count") == {"count": 10}
    assert tenure.json("stats")["inbox_lag"] == 0


def test_it_says_that_the_port_is_taken_or_the_role_cannot_be(tenure):
    with tenure.serve() as server:
        taken = tenure.run("serve", "--port", str(server.port))
        assert (taken.returncode, f"127.0.0.1:{server.port}" in taken.stderr) == (1, True)
        assert "Choose another with --port" in taken.stderr
        second = tenure.run("serve", "--port", str(free_port()))
        assert (second.returncode, "owns" in second.stderr) == (1, True)
    for role in ("web", "worker"):
        alone = tenure.run("serve", "--port", str(free_port()), "--role", role)
        assert (alone.returncode, "set TENURE_WAREHOUSE_URL to ClickHouse" in alone.stderr) == (1, True)


def test_it_takes_events_in_a_process_of_their_own(tenure):
    with tenure.serve("--role", "ingest") as ingest:
        assert ingest.ask("/-/health")[0] == 200
        assert ingest.ask("/")[0] == 404
        assert ingest.post("/v1/events", BODY.replace(b"acme", b"ingested"), KEY) == 200
    found = tenure.json("events", "--account", "ingested", "--count")
    assert found == {"count": 10}


def wait_for(happened) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def system_page(server: Server) -> str:
    """The system page, as Alice sees it when she has signed in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    login = browser.open(f"{server.url}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', login)[1]
    form = {"csrfmiddlewaretoken": token, "login": "alice@example.com", "password": "correct horse 9"}
    browser.open(f"{server.url}/login/", urllib.parse.urlencode(form).encode()).close()
    return browser.open(f"{server.url}/settings/system/").read().decode()
