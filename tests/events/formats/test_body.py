import base64
import gzip

import msgspec
import pytest

from tenure.events.formats.body import form, gunzip, read_json, unbase64, unpack
from tenure.events.message import BadBody, Request
from tenure.events.reasons import Reason

ANY = msgspec.json.Decoder()


def refused(work) -> BadBody:
    with pytest.raises(BadBody) as raised:
        work()
    return raised.value


def test_it_unpacks_gzip_of_several_members():
    packed = gzip.compress(b"[1,") + gzip.compress(b"2]")
    assert gunzip(packed, 100) == b"[1,2]"


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"x" * 1000, mtime=0)[:-9], gzip.compress(b"x" * 1000, mtime=0)[:20], b"\x1f\x8bnonsense", b"plain"],
)
def test_it_refuses_gzip_that_is_cut_off_or_none(packed: bytes):
    assert (refused(lambda: gunzip(packed, 10_000)).reason) == Reason.BAD_ENCODING


def test_it_notices_gzip_that_was_changed_on_the_way():
    packed = bytearray(gzip.compress(b"counted" * 100))
    packed[-6] ^= 1  # the checksum
    assert refused(lambda: gunzip(bytes(packed), 10_000)).reason == Reason.BAD_ENCODING


def test_it_stops_unpacking_at_the_limit():
    packed = gzip.compress(b"x" * 1001)
    bad = refused(lambda: gunzip(packed, 1000))
    assert (bad.status, bad.reason) == (413, Reason.BODY_TOO_LARGE)
    assert len(gunzip(packed, 1001)) == 1001


def test_it_takes_no_encoding_but_gzip():
    assert refused(lambda: unpack(Request("batch", b"", content_encoding="br"), 10)).status == 415
    assert unpack(Request("batch", b"[]", content_encoding="identity"), 10) == b"[]"


@pytest.mark.parametrize("data", [b"", b"a", b"ab", b"\xfb\xff\xfe" * 5])
def test_it_reads_base64_however_it_is_written(data: bytes):
    standard = base64.b64encode(data)
    for text in (
        standard,
        standard.rstrip(b"="),
        base64.urlsafe_b64encode(data),
        standard.replace(b"+", b" "),
        standard + b"\r\n",
    ):
        assert unbase64(text) == data


@pytest.mark.parametrize("text", [b"a", b"****", b"ab=cd", "é".encode()])
def test_it_refuses_bad_base64(text: bytes):
    assert refused(lambda: unbase64(text)).reason == Reason.BAD_ENCODING


def test_it_reads_forms():
    assert form(b"data=a%2Bb+c&gzip=1&&x") == {"data": b"a+b+c", "gzip": b"1", "": b"", "x": b""}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (rb'["\ud800"]', ["\ufffd"]),
        (rb'["\udc00 x \uD800"]', ["\ufffd x \ufffd"]),
        (rb'["\ud83d\ude00"]', ["😀"]),
        (rb'["\\ud800 \u0000"]', ["\\ud800 \ufffd"]),
        (rb'["a\u0000b"]', ["a\ufffdb"]),
        (b'\xef\xbb\xbf["bom"]', ["bom"]),
    ],
)
def test_it_mends_what_no_database_takes(text: bytes, value: object):
    assert read_json(ANY, text) == value


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[NaN]", b"[Infinity]", b"[1] x", b'["\xff"]', b"[01]", b"['a']", b"[" * 100_000]
)
def test_it_refuses_what_is_no_json(text: bytes):
    bad = refused(lambda: read_json(ANY, text))
    assert (bad.status, bad.reason) == (400, Reason.BAD_JSON)


def test_it_refuses_millions_of_values():
    assert refused(lambda: read_json(ANY, b"[" + b"0," * 1_100_000 + b"0]")).status == 413


@pytest.mark.parametrize(
    "work", [lambda: form(b"%41" * 300_001), lambda: read_json(ANY, b'["' + rb"\u0000" * 300_001 + b'"]')]
)
def test_it_refuses_to_be_kept_busy_with_escapes(work):
    assert refused(work).status == 413
