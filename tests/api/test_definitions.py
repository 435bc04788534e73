"""What is counted and what events mean, changed by programs and taken back."""

import pytest

from tenure.events.models import EventClass, EventKind, EventType
from tenure.warehouse import current
from tenure.warehouse.duckdb import DuckDBStore
from tests.api.asking import Program


@pytest.fixture
def program(alice) -> Program:
    return Program.of(alice)


@pytest.fixture
def search(db) -> EventType:
    return EventType.objects.create(name="Search", kind=EventKind.TRACK, event_class=EventClass.BASE)


@pytest.fixture
def warehouse(tmp_path):
    store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    current.use(store)
    yield store
    current.use(None)
    store.close()


def test_it_defines_a_metric_changes_and_archives_it(program, search):
    sent = {"key": "searches", "name": "Searches", "spec": {"kind": "count", "events": ["Search"]}}
    made = program.ask("POST", "metrics", sent)
    assert made.status_code == 201 and made.json()["spec"]["events"] == ["Search"]
    assert program.ask("POST", "metrics", sent).json()["error"]["path"] == "body.key"
    spec = made.json()["spec"] | {"window_days": 7}
    changed = program.ask("PATCH", "metrics/searches", {"spec": spec}, if_match=made["ETag"])
    assert (changed.json()["version"], changed.json()["name"]) == (2, "Searches")
    assert program.ask("PATCH", "metrics/searches", {"name": "X"}, if_match=made["ETag"]).status_code == 412
    assert [each["version"] for each in program.get("metrics/searches/versions").json()] == [1, 2]
    program.ask("PUT", "metrics/searches/archive")
    assert [each["key"] for each in program.get("metrics", {"archived": True}).json()] == ["searches"]
    assert program.ask("PATCH", "metrics/searches", {"name": "X"}).status_code == 409
    assert program.ask("DELETE", "metrics/searches/archive").json()["retired_at"] is None


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ({"kind": "count", "events": ["Nothing"]}, "body.spec.events[0]"),
        ({"kind": "ratio", "numerator": "a", "denominator": "b"}, "body.spec.numerator"),
        ({"kind": "magic"}, "body.spec.kind"),
    ],
)
def test_it_says_what_of_a_metric_cannot_be_used(program, spec, path):
    refused = program.ask("POST", "metrics", {"key": "mine", "name": "Mine", "spec": spec})
    assert refused.status_code == 422 and refused.json()["error"]["path"] == path


def test_it_tries_a_metric_out_before_it_is_defined(program, customers):
    spec = {"kind": "active_users", "window_days": 28}
    found = program.ask("POST", "metric-previews", {"spec": spec}).json()
    shown = [found[name] for name in ("least", "lower_quarter", "median", "upper_quarter", "most")]
    assert (found["accounts"], shown) == (12, sorted(shown)) and found["with_value"] == 12
    assert found["top"][0]["value"] == found["most"] > 0 and len(found["top"]) == 5
    refused = program.ask("POST", "metric-previews", {"spec": {"kind": "magic"}}).json()["error"]
    assert refused["path"] == "body.spec.kind"


def test_built_in_metrics_stay_and_health_tells_its_parts(program):
    assert program.ask("PATCH", "metrics/breadth", {"name": "X"}).status_code == 409
    (definition,) = program.get("health-definitions").json()
    assert {each["metric"] for each in definition["parts"]} >= {"breadth", "depth"}


def test_it_marks_and_groups_events_and_takes_that_back(program, search, warehouse):
    marked = program.ask("POST", "catalogue-changes", {"event_ids": [search.pk], "meaning": "value"})
    assert marked.status_code == 201
    assert program.ask("POST", "catalogue-changes", {"event_ids": [search.pk], "meaning": "value"}).status_code == 200
    grouped = program.ask("POST", "catalogue-changes", {"event_ids": [search.pk], "feature": "Finding"}).json()
    shown = program.get(f"events/{search.pk}").json()
    assert (shown["meaning"], shown["feature"]) == ("value", "Finding")
    assert program.get("features").json()["items"][0]["event_ids"] == [search.pk]
    for change in (grouped, marked.json()):
        assert program.ask("POST", f"catalogue-changes/{change['id']}/undoing").json()["undone_at"]
    shown = program.get(f"events/{search.pk}").json()
    assert (shown["meaning"], shown["feature"]) == ("base", None)
    assert program.ask("POST", f"catalogue-changes/{grouped['id']}/undoing").status_code == 409
    neither = program.ask("POST", "catalogue-changes", {"event_ids": [search.pk]})
    assert neither.json()["error"]["path"] == "body"
