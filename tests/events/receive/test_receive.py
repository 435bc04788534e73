"""What a sender sees, success and refusal side by side."""

import gzip
import json

from tests.events.receive.conftest import KEY, SOURCE_ID, Server, auth, batch


def test_it_keeps_the_body_as_received_and_says_so(server: Server):
    response = server.post_batch(["Opened", "Saved"])
    assert (response.status, json.loads(response.body)) == (200, {"success": True})
    [kept] = server.inbox.after(0, 10, 10**6)
    assert (kept.source_id, kept.wire_format, kept.request.route) == (SOURCE_ID, "segment", "batch")
    assert gzip.decompress(kept.request.body) == batch(["Opened", "Saved"])
    assert server.woken.is_set()
    assert server.notes.kept == [70]


def test_it_keeps_nothing_from_a_stranger(server: Server):
    assert server.post_batch(["Opened"], key="guess").status == 401
    assert server.send("POST", "/v1/batch", batch(["Opened"])).status == 401
    assert (server.bodies(), server.notes.kept) == ([], [])


def test_it_puts_aside_a_body_nobody_can_read(server: Server):
    response = server.send("POST", "/v1/batch", b'{"batch": [', **auth(KEY))
    assert response.status == 400
    assert server.bodies() == []
    [_, refused] = server.notes.kept
    assert (refused.source_id, refused.bad.reason, refused.raw) == (SOURCE_ID, "bad_json", b'{"batch": [')


def test_it_keeps_a_body_of_which_some_items_are_bad(server: Server):
    body = json.dumps(
        {"batch": [{"type": "track", "userId": "u"}, {"type": "track", "event": "Opened", "userId": "u"}]}
    )
    assert server.send("POST", "/v1/batch", body.encode(), **auth(KEY)).status == 200
    assert server.bodies() == [body.encode()]


def test_it_takes_many_large_and_small_bodies_at_once(server: Server):
    large = batch([f"Event {n}" for n in range(2000)])
    assert server.send("POST", "/v1/batch", large, **auth(KEY)).status == 200
    assert server.send("POST", "/v1/batch", batch(["Opened"]), **auth(KEY)).status == 200
    assert server.bodies() == [large, batch(["Opened"])]


def test_it_refuses_what_is_too_large_with_413_and_the_connection_lives(serve):
    server = serve(max_body=1000)
    response = server.send("POST", "/v1/batch", b"x" * 1001, **auth(KEY))
    assert (response.status, response.getheader("connection")) == (413, None)
    assert server.send("POST", "/v1/batch?" + "x" * 1001, b"", **auth(KEY)).status == 413
    assert server.send("POST", "/v1/batch", b"x" * 1000, **auth(KEY)).status == 400


def test_it_refuses_a_small_body_that_unpacks_to_a_large_one(serve):
    server = serve(max_decoded=10_000)
    assert server.send(
        "POST", "/v1/batch", gzip.compress(b" " * 10**6), **auth(KEY), content_encoding="gzip"
    ).status in {400, 413}
    assert server.bodies() == []


def test_it_answers_other_methods_and_paths(server: Server):
    response = server.send("DELETE", "/v1/batch", **auth(KEY))
    assert (response.status, response.getheader("allow")) == (405, "POST, OPTIONS")
    assert server.send("HEAD", "/v1/batch").status == 405
    assert server.send("POST", "/elsewhere").status == 404


def test_it_lets_browsers_send_from_any_site(server: Server):
    asked = {"access_control_request_headers": "authorization", "access_control_request_method": "POST"}
    preflight = server.send("OPTIONS", "/v1/batch", origin="https://app.example", **asked)
    assert (preflight.status, preflight.getheader("access-control-allow-headers")) == (204, "authorization")
    for key, status in ((KEY, 200), ("guess", 401)):
        response = server.post_batch(["Opened"], key, origin="https://app.example")
        assert response.status == status
        assert response.getheader("access-control-allow-origin") == "https://app.example"


def test_it_keeps_a_body_its_format_stumbles_over(server: Server, monkeypatch):
    from tenure.events.formats.all import ROUTES

    wire_format = ROUTES["/v1/batch"][0]
    monkeypatch.setattr(type(wire_format), "check", lambda *_: 1 / 0)
    assert server.send("POST", "/v1/batch", batch(["Opened"]), **auth(KEY)).status == 200
    assert server.bodies() == [batch(["Opened"])]
