"""A file that is read in another way than was found out, and what undoing one does to customers."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tenure.accounts.fields.editing import set_fields
from tenure.accounts.keeping import GivenAccount, keep_accounts
from tenure.accounts.models import Account
from tenure.imports.models import FileImport, ImportState
from tenure.lib import clock
from tests.api.asking import Program


@pytest.fixture
def made(alice, settings, tmp_path):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    program = Program.of(alice)
    file = SimpleUploadedFile("customers.csv", "account;name,note\nacme;Käse,x\n".encode("windows-1252"))
    return program, program.ask("POST", "imports", {"kind": "accounts", "file": file}).json()


def test_it_is_read_anew_as_said(made):
    program, shown = made
    assert shown["reading"] | {"sheets": []} == {
        "encoding": "windows-1252",
        "delimiter": shown["reading"]["delimiter"],
        "sheet": "",
        "sheets": [],
    }
    path = f"imports/{shown['id']}/reading"
    for delimiter, names in ((";", ["account", "name,note"]), (",", ["account;name", "note"])):
        read = program.ask("PUT", path, {"delimiter": delimiter}).json()
        assert [each["name"] for each in read["columns"]] == names and read["reading"]["delimiter"] == delimiter
    for wrong in ({"encoding": "rot13"}, {"delimiter": "a"}):
        assert program.ask("PUT", path, wrong).json()["error"]["path"] == f"body.{next(iter(wrong))}"


def test_it_says_which_customers_go_when_it_is_undone(made, alice):
    program, shown = made
    FileImport.objects.filter(pk=shown["id"]).update(state=ImportState.DONE, done_rows=2)
    given = [GivenAccount(text, 0, {"plan": "pro"}) for text in ("acme", "bolt", "corp")]
    with transaction.atomic():
        keep_accounts(given, "customers.csv", clock.now(), ZoneInfo("UTC"), file=str(shown["id"]))
    set_fields([Account.objects.get(external_id="bolt")], {"industry": "教育"}, alice)
    told = program.ask("GET", f"imports/{shown['id']}/undoing").json()
    assert told == {"go": 2, "stay": [{"why": "members", "count": 1}], "waiting": 0}
