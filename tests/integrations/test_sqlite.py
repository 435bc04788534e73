"""Queries against SQLite: everything each time, or from where the last run came to."""

import pytest

from tenure.accounts.models import Account
from tenure.imports.models import FileImport
from tenure.integrations.errors import BadSync, SourceFailed
from tenure.integrations.integration import Asked
from tenure.integrations.setting_up import Draft, add
from tenure.integrations.sql.sqlite import SQLite
from tests.integrations.syncing import told

ROWS = "insert into customers values ('acme', 'pro', 3, '2026-03-01'), ('bolt', 'free', 1, '2026-03-02')"


def test_it_brings_what_is_new_and_changed_and_leaves_the_rest(syncing):
    syncing.sqlite(ROWS)
    sync = syncing.of_query()
    assert told(syncing.run(sync)) == ("done", 2, 0, 0, 0)
    assert Account.objects.get(external_id="acme").traits == {"plan": "pro", "seats": 3, "updated": "2026-03-01"}
    syncing.sqlite("update customers set seats = 4 where account_id = 'acme'")
    assert told(syncing.run(sync)) == ("done", 0, 1, 1, 0)
    assert told(syncing.run(sync)) == ("done", 0, 0, 2, 0)
    assert FileImport.objects.count() == 2  # a run that brought nothing leaves nothing
    syncing.sqlite("delete from customers")
    assert told(syncing.run(sync)) == ("done", 0, 0, 0, 0)
    assert Account.objects.count() == 2


def test_it_goes_on_from_the_last_value_and_loses_no_row_that_shares_it(syncing):
    syncing.sqlite(ROWS, "insert into customers values ('none', 'free', 1, null)")
    sync = syncing.of_query(cursor_column="updated")
    first = syncing.run(sync)
    assert (told(first), first.cursor_before, first.cursor_after) == (("done", 3, 0, 0, 0), "", "2026-03-02")
    syncing.sqlite("insert into customers values ('tied', 'pro', 5, '2026-03-02'), ('zeta', 'pro', 6, '2026-03-03')")
    again = syncing.run(sync)
    assert (told(again), again.cursor_before, again.cursor_after) == (("done", 2, 0, 2, 0), "2026-03-02", "2026-03-03")
    assert told(syncing.run(sync)) == ("done", 0, 0, 2, 0)
    assert Account.objects.count() == 5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("delete from customers", "Write one SELECT"),
        ("select 1; delete from customers", "syntax error|one statement"),
        ("select load_extension('x')", "not authorized|no such function"),
        ("select * from nowhere", "no such table"),
    ],
)
def test_it_only_reads(syncing, query, said):
    syncing.sqlite(ROWS)
    with pytest.raises((BadSync, SourceFailed), match=said):
        add(Draft("CRM", "sqlite", "accounts", {"file": "crm.sqlite", "query": query}), syncing.actor)


def test_it_says_of_a_query_that_takes_too_long_that_it_does(syncing):
    syncing.sqlite(ROWS)
    query = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000) select count(*) from n"
    asked = Asked({"file": "crm.sqlite", "query": query}, seconds=0)
    with pytest.raises(SourceFailed, match="took longer than 0 seconds"):
        list(next(SQLite().tables(asked)).chunks())


def test_it_opens_no_file_outside(syncing, tmp_path):
    syncing.sqlite(ROWS).rename(tmp_path / "secret.sqlite")
    (syncing.folder / "link.sqlite").symlink_to(tmp_path / "secret.sqlite")
    for file in ("../secret.sqlite", str(tmp_path / "secret.sqlite"), "link.sqlite", "/etc/passwd"):
        with pytest.raises(SourceFailed, match="is not below a folder that is open to syncs"):
            add(Draft("CRM", "sqlite", "accounts", {"file": file, "query": "select 1"}), syncing.actor)


def test_it_says_what_became_of_a_source_that_is_gone(syncing):
    syncing.sqlite(ROWS)
    sync = syncing.of_query()
    syncing.run(sync)
    (syncing.folder / "crm.sqlite").unlink()
    run = syncing.run(sync)
    sync.refresh_from_db()
    assert (run.state, sync.alert) == ("failed", "failed")
    assert "There is no “crm.sqlite”" in run.error
