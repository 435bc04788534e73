"""Events from files."""

import gzip
import json
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tenure.events.models import QuarantinedItem
from tenure.imports.errors import BadImport
from tenure.imports.files import import_file
from tenure.imports.mapping import read_lookup
from tenure.warehouse.store import EventFilter

UTC = ZoneInfo("UTC")
CSV = """account_id,event_time,event_name,user_id,amount
acme,2026-03-01 10:00:00,open,ada,3
acme,2026-03-01 11:00:00,open,ada,
bolt,2026-03-02 10:00:00,save,bob,x y
"""


@pytest.fixture
def importing(house, tmp_path):
    def run(text, name="events.csv", kind="events", load=True, zone=UTC, **options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = import_file(kind, path, house.source, house.inbox, zone=zone, **options)
        if load:
            house.loader.load_all()
        return done

    return run


def test_it_guesses_usual_columns_and_keeps_the_others_as_properties(house, importing):
    done = importing(CSV)
    assert (done.rows, done.taken, done.refused) == (3, 3, 0)
    assert house.events() == [("open", "acme", "ada"), ("open", "acme", "ada"), ("save", "bolt", "bob")]
    found = [row.properties for row in reversed(house.store.events(EventFilter()))]
    assert found == ['{"amount":3}', "{}", '{"amount":"x y"}']


def test_it_changes_nothing_when_run_again_or_when_files_overlap(house, importing):
    importing(CSV)
    importing(CSV)
    importing(CSV + "acme,2026-03-03 10:00:00,open,ada,1\n")
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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("e.csv.gz", gzip.compress("\n".join([",".join(ROW), ",".join(ROW.values())]).encode(), mtime=0)),
        ("e.tsv", "\n".join(["\t".join(ROW), "\t".join(ROW.values())])),
        ("e.csv", "\n".join([";".join(ROW), ";".join(ROW.values())])),
        ("e.ndjson", json.dumps(ROW)),
        ("e.jsonl.gz", gzip.compress(json.dumps(ROW).encode(), mtime=0)),
        ("e.json", json.dumps([ROW])),
        ("e.parquet", parquet()),
    ],
)
def test_it_reads_every_format(house, importing, name, data):
    importing(data, name)
    assert house.events() == [("open", "acme", "ada")]


def test_it_maps_columns_by_name_and_by_template(house, importing):
    mapping = {"event": "event_name", "user": "{account_id}/{user_id}"}
    importing(CSV, mapping=mapping)
    assert house.events()[0] == ("open", "acme", "acme/ada")


def test_it_replaces_values_through_another_file(house, importing, tmp_path):
    (tmp_path / "types.csv").write_text("key,name\n1,open\n2,save\n")
    lookup = read_lookup(f"event={tmp_path}/types.csv:key:name")
    text = "event_type_id,time,user\n1,2026-03-01,ada\n3,2026-03-01,ada\n"
    done = importing(text, lookups=[lookup])
    assert house.events() == [("open", "", "ada")]
    assert [(problem.row, problem.reason) for problem in done.problems] == [(2, "missing_name")]


def test_it_keeps_bad_rows_aside_and_imports_the_others(house, importing):
    done = importing(CSV + "acme,soon,open,ada,1\nacme,2026-03-01\n")
    assert (done.taken, done.refused) == (3, 2)
    assert [(problem.row, problem.reason) for problem in done.problems] == [(4, "bad_time"), (5, "bad_row")]
    assert house.store.totals().events == 3
    assert set(QuarantinedItem.objects.values_list("reason", flat=True)) == {"bad_time", "bad_json"}


@pytest.mark.parametrize("options", [{}, {"mapping": {"event": "event_name"}}])
def test_it_keeps_a_bad_row_once_however_often_its_file_is_imported(house, importing, options):
    bad = "acme,soon,open,ada,1\n"
    text = CSV + bad + bad + "acme,2026-03-01\n"
    importing(text)
    assert QuarantinedItem.objects.count() == 3  # rows that are alike are kept each

    importing(text, **options)  # read in another way they are refused anew
    assert QuarantinedItem.objects.count() == (6 if options else 3)
    importing(text, **options)
    assert QuarantinedItem.objects.count() == (6 if options else 3)


def test_it_keeps_bad_rows_of_posthogs_export_once(house, importing):
    rows = [
        {"event": "open", "distinct_id": "ada", "properties": {}, "timestamp": when} for when in ("2026-03-01", "x")
    ]
    text = "\n".join([*map(json.dumps, rows), "{broken"])
    for _ in range(2):
        importing(text, "events.jsonl")
    assert QuarantinedItem.objects.count() == 2


def test_it_knows_the_rows_of_a_file_beyond_its_first_body(house, importing):
    text = CSV + "acme,2026-03-01 10:00:00,open,ada,3\n" * 1_000 + "acme,soon,open,ada,1\n"
    for _ in range(2):
        importing(text)
    assert QuarantinedItem.objects.get().file_row.endswith(":1004")


def test_it_only_looks_in_a_dry_run(house, importing):
    assert importing(CSV, dry_run=True).taken == 3
    assert house.inbox.last_id() == 0


def test_it_takes_times_without_a_zone_to_be_in_the_zone_given(house, importing):
    importing("event,user,time\nopen,ada,2026-03-01 10:00:00\n", zone=ZoneInfo("Asia/Shanghai"))
    assert house.store.events(EventFilter())[0].time.isoformat() == "2026-03-01T02:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("when,who\n1,2\n", {}, "No column for event"),
        ("event,when\na,2\n", {}, "No column for user or account"),
        (CSV, {"mapping": {"event": "nothing"}}, "no column 'nothing'"),
        (CSV, {"mapping": {"colour": "amount"}}, "no field 'colour'"),
        (CSV, {"mapping": {"user": "{account_id}-{nobody}"}}, "no column 'nobody'"),
        ("", {}, "no header"),
    ],
)
def test_it_says_what_does_not_fit_before_anything_is_sent(house, importing, text, options, says):
    with pytest.raises(BadImport, match=says):
        importing(text, **options)
    assert house.inbox.last_id() == 0


def test_it_says_which_files_it_reads(importing):
    with pytest.raises(BadImport, match=r"\.parquet"):
        importing("x", "events.docx")


def test_it_keeps_what_came_before_a_broken_end(house, importing):
    rows = "".join(f"acme,2026-03-01 10:00:00,open,user{n * 7919},{n * 104729}\n" for n in range(20_000))
    with pytest.raises(BadImport, match="breaks off"):
        importing(gzip.compress((CSV + rows).encode())[:-1000], "events.csv.gz")
    house.loader.load_all()
    assert house.store.totals().events > 10_000


def test_it_tells_how_far_it_is(importing):
    told = []
    importing(CSV, progress=lambda done, size: told.append((done, size)))
    assert told[-1][0] == told[-1][1] > 0
