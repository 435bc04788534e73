"""Every operation × whoever asks: who may, who is refused how, and what a change leaves behind."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tenure.activity.models import Activity
from tenure.api.urls import API
from tenure.lib import clock
from tenure.people.models import Access, ApiToken, Area, Member, Role
from tenure.people.permissions import MATRIX, Permission
from tenure.people.tokens import revoke_token
from tests.api.asking import Program, token_of
from tests.api.row import CAST
from tests.api.table import TABLE
from tests.web.routes.world import World


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    area: Area
    access: Access
    permission: Permission


def operations() -> list[Operation]:
    return [
        Operation(
            told["operationId"],
            method.upper(),
            path,
            Area(told["x-scope"].split(":")[0]),
            Access(told["x-scope"].split(":")[1]),
            Permission(told["x-permission"]),
        )
        for path, methods in API.told["paths"].items()
        for method, told in methods.items()
    ]


OPERATIONS = operations()


def asked(program: Program, world: World, operation: Operation) -> Any:
    """The answer; nothing it writes stays."""
    row = TABLE[operation.name]
    with transaction.atomic():
        path = operation.path.format_map(row.path(world))
        body = row.body(world)
        if body and "file" in body:
            body = {**body, "file": SimpleUploadedFile("customers.csv", body["file"])}
        before = Activity.objects.count()
        answer = program.ask(operation.method, path, body)
        answer.left = list(Activity.objects.order_by("pk")[before:])
        transaction.set_rollback(True)
    return answer


def test_every_operation_has_a_row_and_every_row_an_operation():
    assert {each.name for each in OPERATIONS} == TABLE.keys()
    assert len(OPERATIONS) == len(TABLE)


@pytest.mark.parametrize(
    "name", ["csm", *(pytest.param(each, marks=pytest.mark.slow) for each in CAST if each != "csm")]
)
def test_it_answers_those_it_is_for_and_nobody_else(world, name):
    member = world.people[name]
    program = Program.of(member)
    wrong = {}
    for operation in OPERATIONS:
        if Role(member.role) not in MATRIX[operation.permission]:
            if name == "csm" and (said := blind(program, operation)) != "forbidden":  # as of other_csm, who is one too
                wrong[operation.name] = said
            continue
        answer = asked(program, world, operation)
        if name in TABLE[operation.name].who:
            fine = answer.status_code in (200, 201, 204)
        else:
            fine = answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"
        changes = (operation.access == Access.WRITE or TABLE[operation.name].told) and answer.status_code < 400
        if not fine or len(answer.left) != changes or any(not each.by.endswith("(Robot)") for each in answer.left):
            wrong[operation.name] = answer.status_code, answer.content[:200], answer.left
    assert not wrong, wrong


def test_a_token_that_does_not_hold_opens_nothing(alice):
    now, people = clock.now(), {name: _member(name) for name in ("viewer", "gone")}
    expired, revoked = Program.of(alice, name="Old"), Program.of(alice, name="Lost")
    viewer, gone = Program.of(people["viewer"]), Program.of(people["gone"])
    ApiToken.objects.filter(pk=token_of(expired).pk).update(expires_at=now - timedelta(seconds=1))
    revoke_token(token_of(revoked), alice)
    Member.objects.filter(pk=people["viewer"].pk).update(role=Role.VIEWER)
    Member.objects.filter(pk=people["gone"].pk).update(is_active=False)
    invented = Program("tenure_00000000_" + "x" * 43)
    said = set()
    for program in (expired, revoked, viewer, gone, invented):
        answer = program.get("accounts")
        assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
        said.add(answer.content)
    assert len(said) == 1
    assert not {each.name for each in OPERATIONS if blind(Program(), each) != "unauthorized"}


def test_a_token_opens_nothing_beyond_its_scopes(alice):
    reader = Program.of(alice, dict.fromkeys(Area, Access.READ))
    only = {area: Program.of(alice, {area: Access.WRITE}, name=area.value) for area in Area}
    others = dict(zip(Area, [*list(Area)[1:], next(iter(Area))], strict=True))
    writes = {each.name for each in OPERATIONS if each.access == Access.WRITE}
    assert {each.name for each in OPERATIONS if blind(reader, each) == "scope_missing"} == writes
    reads = [each for each in OPERATIONS if each.access == Access.READ]  # the writes are refused the reader above
    assert not {each.name for each in reads if blind(only[others[each.area]], each) != "scope_missing"}


def _member(name: str) -> Member:
    return Member.objects.create_user(f"{name}@example.com", name=name, role=Role.CSM)


def blind(program: Program, operation: Operation) -> str:
    """The code that an operation refuses with, asked for what is not there; empty when it answers."""
    path = re.sub(r"{\w+}", "1", operation.path)
    answer = program.ask(operation.method, path, {} if operation.method in ("POST", "PUT", "PATCH") else None)
    return str(answer.json()["error"]["code"]) if answer.status_code >= 400 else ""
