"""Everything that goes wrong has one shape, and what is too much is said before it hurts."""

from dataclasses import replace

import pytest
from django.test import Client

from tenure.api import limits
from tenure.api.errors import Error
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "where"),
    [
        ("GET", "nothing/here", None, 404, "not_found", None),
        ("GET", "accounts/77", None, 404, "not_found", None),
        ("DELETE", "accounts", None, 405, "method_not_allowed", None),
        ("POST", "segments", {"name": "N"}, 422, "invalid", "body.condition"),
        ("POST", "segments", {"name": "N", "condition": {"version": 1}}, 422, "invalid", "body.condition"),
        ("POST", "segments", {"name": "N", "condition": {}, "colour": 1}, 422, "invalid", "body.colour"),
        ("POST", "contacts", {"account_id": "x", "name": "N"}, 422, "invalid", "body.account_id"),
        ("POST", "contacts", {"account_id": 1, "name": "a\0b"}, 400, "bad_request", None),
        ("GET", "accounts?limit=201", None, 422, "invalid", "query.limit"),
        ("GET", "accounts?after=bm9wZQ", None, 422, "invalid", "query.after"),
        ("GET", "accounts?segement=5", None, 422, "invalid", "query.segement"),
        ("GET", "accounts?segment=5", None, 404, "not_found", None),
        ("GET", "accounts?day=9999-12-31", None, 422, "invalid", "query.day"),
        ("POST", "accounts", {"external_id": "a", "fields": {"nope": 1}}, 422, "invalid", None),
    ],
)
def test_it_has_one_shape(program, method, path, body, status, code, where):
    answer = program.ask(method, path, body)
    assert answer.status_code == status
    error = Error.model_validate_json(answer.content).error
    assert (error.code, error.path) == (code, where) and error.message
    assert answer["Content-Type"].startswith("application/json")


def test_a_body_that_is_no_json_is_refused(program):
    answer = Client().generic(
        "POST", "/api/v1/contacts", b"{", "application/json", headers={"Authorization": f"Bearer {program._secret}"}
    )
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_request"


def test_it_speaks_the_language_that_is_asked_for(program):
    answer = program.get("accounts/77", accept_language="zh-hans")
    assert "不存在" in answer.json()["error"]["message"]


def test_no_cookie_signs_anybody_in(client, alice):
    client.force_login(alice)
    answer = client.get("/api/v1/accounts")
    assert answer.status_code == 401 and not answer.cookies


def test_what_nobody_expected_is_told_no_details_of(program, monkeypatch, caplog):
    monkeypatch.setattr("tenure.api.accounts.routes.accounts_for", lambda member: 1 / 0)
    answer = program.get("accounts")
    assert answer.status_code == 500 and answer.json()["error"]["code"] == "failed"
    assert "division" not in answer.content.decode() and "ZeroDivisionError" in caplog.text


def test_a_token_may_ask_so_often_in_a_minute(program, settings):
    settings.CONFIG = replace(settings.CONFIG, api_per_minute=2)
    left = [program.get("roles")["RateLimit-Remaining"] for _ in range(2)]
    over = program.get("roles")
    assert left == ["1", "0"] and over.status_code == 429 and over.json()["error"]["code"] == "too_many_requests"
    assert 0 < int(over["Retry-After"]) <= 60 and over["RateLimit-Limit"] == "2"


def test_a_new_minute_begins_anew(monkeypatch):
    counted, now = limits.Limits(), [100.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    assert [counted.take(1, 1).over, counted.take(1, 1).over, counted.take(2, 1).over] == [False, True, False]
    now[0] += 60
    assert not counted.take(1, 1).over
