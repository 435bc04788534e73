"""Changes of segments and of who counts, undone by programs."""

from collections.abc import Iterator

import pytest

from tenure.accounts.models import User
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tests.api.asking import Program

LOW = {"version": 1, "field": "health.score", "comparison": "<", "value": 40}


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def warehouse(tmp_path) -> Iterator[DuckDBStore]:
    store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    current.use(store)
    yield store
    current.use(None)
    store.close()


def test_a_change_of_a_segment_is_undone_unless_it_was_changed_again(program, bob):
    segment = program.ask("POST", "segments", {"name": "Weak", "condition": LOW, "sharing": "all"}).json()
    path = f"segments/{segment['id']}"
    program.ask("PATCH", path, {"name": "Weakest", "condition": {**LOW, "value": 30}})
    (change,) = program.get("segment-changes").json()["items"]
    assert (change["segment_id"], change["changed"]) == (segment["id"], ["name", "condition"])
    undoing = f"segment-changes/{change['id']}/undoing"
    assert Program.of(bob).ask("POST", undoing).status_code == 404
    undone = program.ask("POST", undoing).json()
    assert (undone["name"], undone["condition"]) == ("Weak", LOW)
    again = program.ask("POST", undoing)
    assert again.status_code == 409 and "changed again since" in again.json()["error"]["message"]


def test_who_counts_is_changed_for_many_users_and_undone(program, warehouse):
    first, second = (User.objects.create(name=name).pk for name in ("Ada", "Grace"))
    program.ask("PUT", f"users/{first}/exclusion")
    out = {"user_ids": [first, second], "counted": False}
    made = program.ask("POST", "counting-changes", out)
    assert made.status_code == 201 and made.json()["user_ids"] == [second]
    assert program.ask("POST", "counting-changes", out).status_code == 200
    assert program.ask("POST", "counting-changes", {**out, "user_ids": [second, 77_777]}).status_code == 404
    undoing = f"counting-changes/{made.json()['id']}/undoing"
    assert program.ask("POST", undoing).json()["undone_at"]
    assert program.ask("POST", undoing).status_code == 409
    assert [program.get(f"users/{each}").json()["counted"] for each in (first, second)] == [False, True]
