"""Refused bodies and uses of keys are written down in the background."""

import pytest

from tenure.events.message import BadBody
from tenure.events.models import QuarantinedItem, Source, WriteKey
from tenure.events.receive.notes import Notes, Refused
from tenure.lib import clock


@pytest.fixture
def key(transactional_db) -> WriteKey:
    return WriteKey.objects.create(source=Source.objects.create(name="App"), key="k")


def refused(source_id: int, raw: bytes = b"{") -> Refused:
    return Refused(source_id, "segment", BadBody(400, "bad_json", "It ends too early."), raw, clock.now())


def test_it_keeps_a_refused_body_for_the_quarantine_page(key: WriteKey):
    notes = Notes()
    notes.refused(refused(key.source_id, b"\x1f\x8b\0{\xe5\xae\xa2"))
    notes.close()
    [kept] = QuarantinedItem.objects.all()
    assert (kept.body, kept.source_id, kept.wire_format) == (None, key.source_id, "segment")
    assert (kept.reason, kept.detail) == ("bad_json", "It ends too early.")
    assert kept.raw == "\x1f\\x8b\\x00{客"


def test_it_keeps_no_more_than_32_kib_of_each(key: WriteKey):
    notes = Notes()
    notes.refused(refused(key.source_id, b"\xff" * 10**6))
    notes.close()
    assert len(QuarantinedItem.objects.get().raw) == 32 * 1024


def test_it_lets_go_of_what_comes_too_fast(key: WriteKey):
    notes = Notes(now=lambda: 0.0)
    notes._start = lambda: None  # no thread: nothing is taken from the queue meanwhile
    for _ in range(300):
        notes.refused(refused(key.source_id))
    notes.write()
    assert QuarantinedItem.objects.count() == 200


def test_it_notes_the_use_of_a_key_at_most_once_a_minute(key: WriteKey):
    now = [0.0]
    notes = Notes(now=lambda: now[0])
    notes._start = lambda: None
    notes.key_used(key.id)
    notes.write()
    key.refresh_from_db()
    first = key.last_used_at
    assert first is not None
    for now[0] in (1.0, 59.0):
        notes.key_used(key.id)
        notes.write()
        key.refresh_from_db()
        assert key.last_used_at == first
    now[0] = 60.0
    notes.write()
    key.refresh_from_db()
    assert key.last_used_at > first
