"""The collector of Sensors Analytics (神策): `/sa`, `/sa.gif` and `/debug`."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Raw

from tenure.events.formats.body import GZIP_MAGIC, bounded, form, gunzip, read_json, unbase64, unpack
from tenure.events.formats.format import JSON, MAX_DECODED, Answer, WireFormat
from tenure.events.formats.item import BadItem, check_count, read_items, tell_apart
from tenure.events.formats.sensors_item import Item, message_of
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason

TEXT: Final = (("content-type", "text/plain; charset=utf-8"),)
GIF: Final = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

_item = msgspec.json.Decoder(Item)
_list = msgspec.json.Decoder(list[Item])
_raws = msgspec.json.Decoder(list[Raw])


class Sensors(WireFormat):
    name = "sensors"

    def methods(self, route: str) -> tuple[str, ...]:
        return ("GET", "POST")

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        """The address's token, else its project: the two texts every client lets one write into its server address."""
        fields = form(request.query.encode("latin-1", "replace"))
        return (fields.get("token") or fields.get("project") or b"").decode("utf-8", "replace")

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        items: list[Message | Refusal] = []
        for data in _lists(request, max_decoded):
            items += _read(data)
        check_count(items)
        tell_apart(items)
        return items

    def check(self, request: Request, max_decoded: int = MAX_DECODED) -> Sequence[Message | Refusal]:
        if request.route == "debug":
            return self.decode(request, max_decoded)
        for data in _lists(request, max_decoded):
            raws = read_json(_raws, data)
            check_count(raws)
        return ()

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        """Empty and 200, whatever single items are like: clients give up a whole batch on anything else.

        Except for /debug, whose client sends one item, waits, and prints what is wrong with it.
        """
        if request.route == "debug":
            return _verdict(items)
        if not request.body:  # a GET: the browser's client waits for a picture to load
            return Answer(200, GIF, (("content-type", "image/gif"), ("cache-control", "no-store")))
        return Answer(200, b"", TEXT)

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        return Answer(bad.status, f"{bad.reason}: {bad.detail}\n".encode(), TEXT)

    def busy(self, retry_after_s: int) -> Answer:
        said = b"busy: Nothing was stored; send it again later.\n"
        return Answer(503, said, (*TEXT, ("retry-after", str(retry_after_s))))

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        return not (request.route == "debug" and headers.get("dry-run", "").strip().lower() == "true")


def _verdict(items: Sequence[Message | Refusal]) -> Answer:
    refused = [
        {"place": place, "reason": item.reason, "detail": item.detail}
        for place, item in enumerate(items)
        if isinstance(item, Refusal)
    ]
    if refused:
        return Answer(400, msgspec.json.encode({"refused": refused}), JSON)
    return Answer(200, b"", TEXT)


def _lists(request: Request, max_decoded: int) -> list[bytes]:
    """The JSON lists in the query string and the body. The body's type is not asked for: beacons name none."""
    fields = form(request.query.encode("latin-1", "replace")) | form(unpack(request, max_decoded))
    texts = [fields[name] for name in ("data_list", "data") if fields.get(name)]
    if not texts:
        raise BadBody(400, Reason.BAD_SHAPE, "Neither data nor data_list is given.")
    return [_listed(_unpack_data(text, max_decoded)) for text in texts]


def _listed(data: bytes) -> bytes:
    return data if data.lstrip().startswith(b"[") else b"[" + data + b"]"


def _unpack_data(text: bytes, max_decoded: int) -> bytes:
    """The JSON in a field: base64 around it, gzip or not. The gzip field need not be looked at: gzip shows itself."""
    if text[:1] in {b"{", b"["}:
        return bounded(text, max_decoded)
    data = unbase64(text)
    return gunzip(data, max_decoded) if data.startswith(GZIP_MAGIC) else bounded(data, max_decoded)


def _read(data: bytes) -> list[Message | Refusal]:
    try:
        items = read_json(_list, data)
        check_count(items)
        return [message_of(item) for item in items]
    except (BadItem, msgspec.ValidationError):
        raws = read_json(_raws, data)
        return read_items(raws, _item, message_of)
