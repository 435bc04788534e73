"""A file that is read in another way than was found out."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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
