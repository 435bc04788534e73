"""A client made from the OpenAPI document, with types, does a whole job: what it sends and gets is what its types say."""

import sys
import types
import typing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from mypy import api as mypy
from pydantic import TypeAdapter

from tenure.accounts.models import Account
from tenure.api.urls import API
from tests.api.asking import Program
from tests.api.client_maker import make_client

JOB = """
from client import AccountShown, Client, FollowUpShown

def job(client: Client) -> FollowUpShown:
    account: AccountShown = client.list_accounts(search="Acme", limit=1)["items"][0]
    changed = client.update_account(account["id"], {"fields": {"tier": "A"}})
    promise = {"what": "Send the offer", "due": "2030-01-01"}
    return client.create_follow_up(
        {"account_id": changed["id"], "type": "call", "at": "2026-01-05T10:00:00Z", "notes": "Hello"},
        idempotency_key="call-1",
    )
"""
WRONG = """
from client import Client

def job(client: Client) -> int:
    client.get_account("one")
    client.create_contact({"account_id": 1})
    return client.get_account(1)["name"]
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch) -> types.ModuleType:
    source = make_client(API.told)
    (tmp_path / "client.py").write_text(source)
    found = types.ModuleType("client")
    monkeypatch.setitem(sys.modules, "client", found)
    exec(compile(source, "client.py", "exec"), found.__dict__)
    return found


@pytest.fixture
def client_of(module, alice) -> Any:
    secret, browser = Program.of(alice)._secret, Browser()

    def send(method: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        headers = {**headers, "Authorization": f"Bearer {secret}"}
        answer = browser.generic(method, address, body, "application/json", headers=headers)
        return answer.status_code, answer.content

    return module.Client(send)


def test_it_does_a_whole_job_with_the_types_it_promises(client_of, module):
    acme = Account.objects.create(external_id="acme", name="Acme")

    def typed(name: str, *arguments: Any, **more: Any) -> Any:
        """The answer, when it is what the method's annotation says."""
        method = getattr(client_of, name)
        kind = typing.get_type_hints(method, vars(module))["return"]
        return TypeAdapter(kind).validate_python(method(*arguments, **more), strict=True)

    found = typed("list_accounts", search="acm")["items"]
    assert [each["id"] for each in found] == [acme.pk]
    assert typed("update_account", acme.pk, {"fields": {"tier": "A"}})["fields"] == {"tier": "A"}
    contact = typed("create_contact", {"account_id": acme.pk, "name": "Ada", "roles": ["champion"]})
    sent = {"account_id": acme.pk, "type": "call", "at": "2026-01-05T10:00:00Z", "contact_ids": [contact["id"]]}
    sent |= {"notes": "They miss the export.", "promises": [{"what": "Show it", "due": "2030-01-01"}]}
    logged = [typed("create_follow_up", sent, idempotency_key="call-1") for _again in range(2)]
    assert logged[0] == logged[1] and [each["name"] for each in logged[0]["people"]] == ["Alice", "Ada"]
    (told,) = typed("list_timeline", acme.pk, kind=["follow-up"])["items"]
    assert told["follow_up"] == logged[0]
    (promise,) = typed("list_promises", open=True)["items"]
    assert typed("keep_promise", promise["id"])["done_at"]
    assert [each["field"] for each in typed("list_facts", acme.pk)["items"]] == ["tier"]
    for name in (
        "list_fields",
        "list_roles",
        "list_members",
        "list_metrics",
        "list_condition_fields",
        "list_import_kinds",
        "list_integrations",
        "list_follow_up_types",
    ):
        assert isinstance(typed(name), list)
    with pytest.raises(module.Refused) as refused:
        client_of.get_contact(contact["id"] + 1)
    assert refused.value.status == 404 and refused.value.error["code"] == "not_found"


@pytest.mark.slow
def test_its_types_are_checked_where_it_is_used(module, tmp_path, monkeypatch):
    (tmp_path / "job.py").write_text(JOB)
    (tmp_path / "wrong.py").write_text(WRONG)
    monkeypatch.chdir(tmp_path)
    files = ["client.py", "job.py", "wrong.py"]
    said, _errors, _status = mypy.run(["--strict", "--no-incremental", "--no-error-summary", "--config-file=", *files])
    assert [line.partition(":")[0] for line in said.splitlines() if ": error:" in line] == ["wrong.py"] * 3, said
