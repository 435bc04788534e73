"""Events from files, as on the command line: put into the inbox, loaded."""

import gzip
import json
from dataclasses import replace
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tenure.events.inbox import current
from tenure.events.models import Source
from tenure.imports.at_once import import_at_once
from tenure.imports.errors import BadImport
from tenure.imports.kinds.events import Events
from tenure.imports.lookups import read_lookups
from tenure.warehouse.store import EventFilter

CSV = """account_id,event_time,event_name,user_id,amount
acme,2026-03-01 10:00:00,open,ada,3
acme,2026-03-01 11:00:00,open,ada,
bolt,2026-03-02 10:00:00,save,bob,4
"""


@pytest.fixture
def importing(house, tmp_path):
    """(new, changed, same, refused) of a file imported, and loaded."""
    current.use(house.inbox)

    def run(text, name="events.csv", **options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        options = {"named": {}, **options}
        done = import_at_once("events", path, **options)
        house.loader.load_all()
        return (*done.counts.as_tuple(), *(problem[0] for problem in done.problems))

    yield run
    current.use(None)


def test_it_guesses_usual_columns_and_keeps_the_others_as_properties(house, importing):
    assert importing(CSV) == (3, 0, 0, 0)
    assert house.events() == [("open", "acme", "ada"), ("open", "acme", "ada"), ("save", "bolt", "bob")]
    found = [row.properties for row in reversed(house.store.events(EventFilter()))]
    assert found == ['{"amount":3}', "{}", '{"amount":4}']


def test_it_changes_nothing_when_run_again_or_when_files_overlap(house, importing):
    importing(CSV)
    assert importing(CSV) == (0, 0, 3, 0)
    assert importing(CSV + "acme,2026-03-03 10:00:00,open,ada,1\n") == (1, 0, 3, 0)
    assert house.store.totals().events == 4


def test_it_counts_rows_that_are_alike_each(house, importing):
    row = "acme,2026-03-01 10:00:00,open,ada,3\n"
    importing(CSV + row)
    importing(CSV + row)
    assert house.store.totals().events == 4


ROW = {"event": "open", "time": "2026-03-01T10:00:00", "user": "ada", "account": "acme"}


def parquet():
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([ROW]), buffer)
    return buffer.getvalue().to_pybytes()


def test_it_reads_every_format_and_knows_the_row_again(house, importing):
    files = [
        gzip.compress("\n".join([",".join(ROW), ",".join(ROW.values())]).encode()),
        "\n".join(["\t".join(ROW), "\t".join(ROW.values())]),
        "\n".join([";".join(ROW), ";".join(ROW.values())]),
        json.dumps(ROW),
        gzip.compress(json.dumps(ROW).encode()),
        json.dumps([ROW]),
        parquet(),
        gzip.compress(parquet()),
    ]
    assert [importing(each)[:3] for each in files] == [(1, 0, 0), *[(0, 0, 1)] * 7]
    assert house.events() == [("open", "acme", "ada")]


def test_it_maps_columns_by_name_and_by_template(house, importing):
    importing(CSV, named={"event": "event_name", "user": "{account_id}/{user_id}"})
    assert house.events()[0] == ("open", "acme", "acme/ada")


def test_it_replaces_values_through_another_file(house, importing, tmp_path):
    (tmp_path / "types.csv").write_text("key,name\n1,open\n2,save\n")
    replacing = read_lookups([f"event={tmp_path}/types.csv:key:name"])
    text = "event_type_id,time,user\n1,2026-03-01,ada\n3,2026-03-01,ada\n"
    assert importing(text, replacing=replacing) == (1, 0, 0, 1, 3)
    assert house.events() == [("open", "", "ada")]


@pytest.mark.parametrize(
    ("lookup", "says"),
    [
        ("event=types.csv", "must be FIELD=FILE"),
        ("event=/nowhere/types.csv:id:name", "no file"),
        ("event={file}:id:title", "no column “title”. It has id, name"),
    ],
)
def test_it_says_what_is_wrong_with_a_look_up(tmp_path, lookup, says):
    file = tmp_path / "types.csv"
    file.write_text("id,name\n1,open\n")
    with pytest.raises(BadImport, match=says):
        read_lookups([lookup.format(file=file)])


def test_it_goes_on_only_with_the_look_ups_it_began_with(house, importing, monkeypatch):
    def killing(done, total):
        raise KeyboardInterrupt

    monkeypatch.setattr(Events, "chunk", 2)
    wrong, right = {"event": {"open": "shut", "save": "keep"}}, {"event": {"open": "start", "save": "keep"}}
    with pytest.raises(KeyboardInterrupt):
        importing(CSV, replacing=wrong, progress=killing)
    assert importing(CSV, replacing=right) == (3, 0, 0, 0)


def test_it_counts_events_to_the_source_it_is_told(house, importing):
    importing(CSV, counted_to="Old app")
    importing(CSV)  # of another source they are others
    assert set(Source.objects.values_list("name", flat=True)) == {"App", "Old app", "File import"}
    assert house.store.totals().events == 6


def test_it_takes_an_object_of_properties_for_properties(house, importing):
    importing(json.dumps({**ROW, "properties": {"rows": 3}, "plan": "pro"}))
    assert json.loads(house.store.events(EventFilter())[0].properties) == {"rows": 3, "plan": "pro"}


def test_it_takes_posthogs_export_whole(house, importing):
    row = {"event": "open", "distinct_id": "ada", "timestamp": "2026-03-01T10:00:00Z", "uuid": "u-1"}
    rows = [{**row, "properties": {"$groups": {"company": "acme"}}}, {**row, "uuid": "u-2", "timestamp": "soon"}]
    text = "\n".join([*map(json.dumps, rows), "{broken"])
    assert importing(text) == (1, 0, 0, 2, 2, 3)
    assert importing(text) == (0, 0, 1, 2, 2, 3)
    assert house.events() == [("open", "acme", "ada")]


def test_it_only_looks_in_a_dry_run(house, importing):
    assert importing(CSV, dry_run=True) == (3, 0, 0, 0)
    assert (house.inbox.last_id(), Source.objects.count()) == (0, 1)


def test_it_takes_times_without_a_zone_to_be_in_the_workspaces(house, importing, settings):
    settings.CONFIG = replace(settings.CONFIG, time_zone="Asia/Shanghai")
    importing("event,user,time\nopen,ada,2026-03-01 10:00:00\n")
    assert house.store.events(EventFilter())[0].time.isoformat() == "2026-03-01T02:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "named", "says"),
    [
        ("when,who\n1,2\n", {}, "No column is chosen for Event"),
        ("event,time\na,2026-03-01\n", {}, "User id or Customer id"),
        (CSV, {"event": "nothing"}, "no column “nothing”"),
        (CSV, {"colour": "amount"}, "no field “colour”"),
        (CSV, {"user": "{account_id}-{nobody}"}, "no column “nobody”"),
        ("", {}, "file is empty"),
    ],
)
def test_it_says_what_does_not_fit_before_anything_is_sent(house, importing, text, named, says):
    with pytest.raises(BadImport, match=says):
        importing(text, named=named)
    assert house.inbox.last_id() == 0


def test_it_keeps_what_came_before_a_broken_end(house, importing, monkeypatch):
    monkeypatch.setattr(Events, "chunk", 200)
    noise = Random(7)
    rows = "".join(f"acme,2026-03-01 10:00:00,open,ada,{noise.randbytes(250).hex()}\n" for _ in range(1_600))
    with pytest.raises(BadImport, match="breaks off"):
        importing(gzip.compress((CSV + rows).encode())[:-1000])
    house.loader.load_all()
    assert house.store.totals().events >= 1_000
