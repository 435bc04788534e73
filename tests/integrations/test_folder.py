"""A folder of files: each imported once, in the order of names, whatever else lies there."""

import os

import pytest

from tenure.accounts.models import Account
from tenure.integrations.errors import BadSync, SourceFailed
from tenure.integrations.setting_up import Draft, add
from tests.integrations.syncing import told

HEAD = "account_id,plan\n"


def test_it_takes_each_file_once_and_again_when_it_says_something_else(syncing):
    syncing.put("b.csv", f"{HEAD}acme,pro\n")
    syncing.put("a.csv", f"{HEAD}acme,free\nbolt,free\n")
    sync = syncing.of_folder()
    first = syncing.run(sync)
    assert told(first) == ("done", 2, 1, 0, 0)
    assert [pull.name for pull in first.pulls.order_by("pk")] == ["a.csv", "b.csv"]
    assert Account.objects.get(external_id="acme").traits == {"plan": "pro"}

    touched = syncing.folder / "a.csv"
    os.utime(touched, (1, 1))
    assert told(syncing.run(sync)) == ("done", 0, 0, 0, 0)
    touched.write_text(f"{HEAD}bolt,pro\n")
    syncing.put("c.csv", f"{HEAD}zeta,pro\n,x\n")
    again = syncing.run(sync)
    assert told(again) == ("done", 1, 1, 0, 1)
    assert [pull.file_import.refused for pull in again.pulls.order_by("pk")] == [0, 1]
    assert told(syncing.run(sync)) == ("done", 0, 0, 0, 0)


def test_it_is_not_held_up_by_a_file_that_cannot_be_read(syncing):
    syncing.put("1.csv", f"{HEAD}acme,pro\n")
    sync = syncing.of_folder()
    syncing.run(sync)
    syncing.put("2.csv", "")
    syncing.put("3.csv", "other,names\nx,y\n")
    syncing.put("4.csv", HEAD)
    syncing.put("5.csv", f"{HEAD}bolt,pro\n")
    syncing.put("6.csv.part", f"{HEAD}half,pro\n")
    run = syncing.run(sync)
    assert told(run) == ("failed", 1, 0, 0, 0)
    assert run.error.startswith("3.csv: There is no column “")
    assert run.error.count("\n") == 0
    syncing.put("3.csv", f"{HEAD}coda,pro\n")
    assert told(syncing.run(sync)) == ("done", 1, 0, 0, 0)
    assert set(Account.objects.values_list("external_id", flat=True)) == {"acme", "bolt", "coda"}


def test_it_follows_no_link_out_of_what_is_open(syncing, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(f"{HEAD}secret,pro\n")
    syncing.put("a.csv", f"{HEAD}acme,pro\n")
    (syncing.folder / "b.csv").symlink_to(outside / "secret.csv")
    (syncing.folder / "sub").symlink_to(outside)
    sync = syncing.of_folder("**/*.csv")
    assert told(syncing.run(sync)) == ("done", 1, 0, 0, 0)
    for folder in ("sub", "..", str(outside)):
        with pytest.raises(SourceFailed, match="is not below a folder"):
            add(Draft("Other", "folder", "accounts", {"folder": folder, "files": "*"}), syncing.actor)
    for files in ("../outside/*", "/etc/*"):
        with pytest.raises(BadSync, match="Name files in the folder"):
            add(Draft("Other", "folder", "accounts", {"folder": ".", "files": files}), syncing.actor)
