"""What formats and pipeline say of a refused item is told in Chinese, with the values it names."""

import msgspec
import pytest
from django.utils.translation import override

from tenure.events.details import tell
from tenure.events.formats.all import FORMATS
from tenure.events.message import BadBody, Refusal, Request
from tenure.events.pipeline import STEPS

LONG = "x" * 400


def said_of(body: bytes, wire_format: str = "native", encoding: str = "") -> str:
    """What the format says against the body or its first item."""
    route = {"native": "events", "segment": "batch", "posthog": "batch", "sensors": "sa"}[wire_format]
    try:
        item = FORMATS[wire_format].decode(Request(route, body, "", "application/json", encoding), 100_000)[0]
    except BadBody as bad:
        return bad.detail
    assert isinstance(item, Refusal)
    return item.detail


def item(**fields: object) -> bytes:
    return msgspec.json.encode([{"event": "open", "user": "ada", **fields}])


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (lambda: said_of(item(time="soon")), ["time", "'soon'", "2025-01-31T08:00:00Z"]),
        (lambda: said_of(item(time="2025-02-31")), ["time", "'2025-02-31'"]),
        (lambda: said_of(item(event="")), ["event"]),
        (lambda: said_of(item(event=["a"])), ["event", "array"]),
        (lambda: said_of(item(user=LONG)), ["user", "300"]),
        (lambda: said_of(item(type="click")), ["type", "identify", "'click'"]),
        (lambda: said_of(item(properties=[1])), ["properties"]),
        (lambda: said_of(item(properties={"a": LONG * 200})), ["properties", "32768"]),
        (lambda: said_of(b"[1]"), ["int"]),
        (lambda: said_of(b"{"), []),
        (lambda: said_of(b"\xff"), ["0"]),
        (lambda: said_of(b"1"), ['{"events": [...]}']),
        (lambda: said_of(b"x", encoding="br"), ["'br'"]),
        (lambda: said_of(b"x" * 100_001), ["100000"]),
        (lambda: said_of(b'{"batch": 1}', "segment"), ['{"batch": [...]}']),
        (lambda: said_of(b'{"api_key": "k", "batch": [{"event": "open"}]}', "posthog"), ["distinct_id"]),
        (lambda: said_of(b"", "sensors"), ["data_list"]),
        *((lambda step=step: step.says, []) for step in STEPS),
    ],
)
def test_it_tells_what_was_wrong_in_chinese(said, names):
    with override("zh-hans"):
        told = tell(said())
    assert any("一" <= letter <= "鿿" for letter in told), said()
    for name in names:
        assert name in told
    with override("en"):
        assert tell(said()) == said()


def test_it_leaves_words_of_its_own_kind_alone():
    with override("zh-hans"):
        assert tell("KeyError: 'x'") == "KeyError: 'x'"
