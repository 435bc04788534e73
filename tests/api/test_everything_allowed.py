"""Asks everything that the OpenAPI document allows, and a little of what it forbids: no 5xx, and answers as it says."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tenure.api.limits import Limits
from tests.api.asking import Program
from tests.api.table import TABLE
from tests.web.routes.world import World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 3}


@pytest.fixture
def lasting() -> Iterator[None]:
    """Requests leave the test's connection open, as those of Django's own client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
def test_every_operation_answers_as_the_document_says(world, lasting, monkeypatch, mode):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    secret = Program.of(world.people["admin"])._secret
    operations = [found.ok() for found in schema.get_all_operations()]
    statuses, wrong = {}, {}
    for each in operations:
        monkeypatch.setattr("tenure.api.guarding.LIMITS", Limits())  # together they ask more than a minute allows
        try:
            statuses[_name(each)] = _ask(each, mode, world, secret)
        except FailureGroup as found:
            wrong[_name(each)] = str(found)
    assert not wrong, "\n".join(wrong.values())
    assert statuses.keys() == TABLE.keys()
    if mode == GenerationMode.POSITIVE:
        refused = {name for name, seen in statuses.items() if min(seen) >= 400}
        assert refused <= {name for name, row in TABLE.items() if "admin" not in row.who} | {"create_import"}


def _ask(operation: Any, mode: GenerationMode, world: World, secret: str) -> set[int]:
    """The statuses it was answered with."""
    seen: set[int] = set()
    turns = count()

    @seed(7)
    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        turn = next(turns)
        with transaction.atomic():
            if turn % 3:
                _fill(case, _name(operation), world, body=turn % 3 == 1)
            answer = case.call(headers={"Authorization": f"Bearer {secret}"})
            transaction.set_rollback(True)
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()
    return seen


def _name(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


def _fill(case: Any, name: str, world: World, *, body: bool) -> None:
    """Puts what is there in the place of ids made up, and with `body` what makes sense in the place of anything."""
    if found := TABLE[name].path(world):
        case.path_parameters = found
    sent = TABLE[name].body(world)
    if body:
        case.query = {}
        case.headers.pop("If-Match", None)
        if sent is not None and "file" not in sent:
            case.body = sent
