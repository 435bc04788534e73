"""The file: one owner, damage is told apart from a lock, nothing half-written after a kill."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Batch, WarehouseDamaged, WarehouseError
from tests.warehouse.rows import event, rows

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.store import Batch
from tests.warehouse.rows import event, rows
store = DuckDBStore.open(Path(sys.argv[1]))
store.set_events([(1, 2, 1)])
for position in range(1, 10_000):
    store.append(Batch(rows(*(event(position * 100 + n, user=n + 1) for n in range(50))), position))
    print(position, flush=True)
"""


def test_it_has_one_owner_and_survives_its_being_killed(tmp_path):
    path = tmp_path / "w.duckdb"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(5)][-1]
    with pytest.raises(WarehouseError, match="another process") as caught:
        DuckDBStore.open(path)
    assert not isinstance(caught.value, WarehouseDamaged)
    writer.kill()
    writer.communicate()

    store = DuckDBStore.open(path)
    position = store.position()
    assert position >= acknowledged
    assert store.totals().events == position * 50
    assert store.check() == []
    store.close()


def test_it_can_be_opened_again_after_closing_with_readers_in_other_threads(tmp_path):
    store = DuckDBStore.open(tmp_path / "w.duckdb")
    store.append(Batch(rows(event(1)), 4))
    store.close()
    again = DuckDBStore.open(tmp_path / "w.duckdb")
    assert (again.position(), again.totals().events) == (4, 1)
    again.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 1000], ids=["cut off", "overwritten"])
def test_it_says_that_a_file_is_damaged(tmp_path, damage):
    path = tmp_path / "w.duckdb"
    store = DuckDBStore.open(path)
    store.append(Batch(rows(event(1)), 1))
    store.close()
    path.write_bytes(damage or path.read_bytes()[:9000])
    with pytest.raises(WarehouseDamaged, match="is damaged"):
        DuckDBStore.open(path)


def test_it_refuses_a_file_of_a_newer_tenure(tmp_path):
    path = tmp_path / "w.duckdb"
    DuckDBStore.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("update layout set version = 99")
    with pytest.raises(WarehouseError, match="newer Tenure") as caught:
        DuckDBStore.open(path)
    assert not isinstance(caught.value, WarehouseDamaged)


def test_it_does_not_take_a_path_it_may_not_use_for_damage(tmp_path):
    with pytest.raises(WarehouseError, match="it is a folder") as caught:
        DuckDBStore.open(tmp_path)
    assert not isinstance(caught.value, WarehouseDamaged)
