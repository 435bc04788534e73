"""Whatever is sent to whatever path, the answer is one of the format's, and what is acknowledged is kept."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure import config
from tenure.events.formats.all import ROUTES
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.keys import WriteKeys
from tenure.events.receive import create_app
from tests.events.receive.conftest import KEY, SOURCE_ID, KeptNotes, auth

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
items = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["track", "identify", "group", "alias", "profile_set"]) | json_values,
        "event": st.just("Opened") | json_values,
        "userId": json_values,
        "distinct_id": json_values,
        "timestamp": json_values,
        "time": json_values,
        "properties": json_values,
    },
)
wholes = st.fixed_dictionaries({"api_key": st.just(KEY)}, optional={"batch": st.lists(items, max_size=3) | json_values})
texts = (wholes | items | st.lists(items, max_size=3) | json_values).map(lambda value: json.dumps(value).encode())
bodies = st.binary(max_size=200) | texts | texts.map(gzip.compress) | texts.map(lambda text: gzip.compress(text)[:-3])


class Fuzzed:
    """A receiver called as a server would call it."""

    def __init__(self, inbox: SqliteInbox, settings_: config.Config) -> None:
        self.inbox = inbox
        self._app = create_app(
            inbox,
            settings_,
            position=inbox.last_id,
            wake=lambda: None,
            keys=WriteKeys(lambda: {KEY: (SOURCE_ID, 70)}),
            notes=KeptNotes(),
        )
        self._runner = asyncio.Runner()

    def send(self, method: str, path: str, query: bytes, headers: dict[str, str], body: bytes) -> int:
        answer: list[dict] = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            answer.append(message)

        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": raw}
        self._runner.run(asyncio.wait_for(self._app(scope, receive, send), 60))
        assert answer[1]["type"] == "http.response.body"
        return answer[0]["status"]

    def close(self) -> None:
        self._runner.close()
        self._app.close()
        self.inbox.close()


@pytest.fixture
def fuzzed(tmp_path) -> Iterator[Fuzzed]:
    read = config.read({"TENURE_DATA": str(tmp_path), "TENURE_MIN_FREE_DISK": "1"})
    opened = Fuzzed(SqliteInbox(read.inbox_path), replace(read, max_decoded=5_000))
    yield opened
    opened.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["POST", "POST", "POST", "GET", "PUT", "OPTIONS"]),
    path=st.sampled_from(sorted(ROUTES)),
    query=st.sampled_from([b"", b"token=" + KEY.encode(), b"project=%ff&data=%00", b"compression=gzip"])
    | st.binary(max_size=20),
    encoding=st.sampled_from(["", "gzip", "br", "\xff"]),
    authorized=st.booleans(),
    body=bodies,
)
def test_it_answers_any_request_and_keeps_what_it_accepts(
    fuzzed: Fuzzed, method, path, query, encoding, authorized, body
):
    headers = {"content-encoding": encoding, **(auth(KEY) if authorized else {})}
    before = fuzzed.inbox.last_id()
    status = fuzzed.send(method, path, query, headers, body)
    kept = fuzzed.inbox.last_id() - before
    assert 200 <= status < 500
    if kept:
        assert status == 200
        assert fuzzed.inbox.after(before, 1, 1)[0].request.body == body
    else:
        wire_format, route = ROUTES[path]
        assert status != 200 or method == "GET" or not authorized or not _may_store(wire_format, route)


def _may_store(wire_format, route: str) -> bool:
    """Whether the route is one for events, and not one that only asks something."""
    from tenure.events.message import Request

    return wire_format.stores(Request(route, b""), {})
