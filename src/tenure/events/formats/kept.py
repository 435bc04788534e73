"""Bodies as the inbox keeps them once a person in them was erased. Nobody sends this format: it has no route."""

from collections.abc import Mapping, Sequence

import msgspec

from tenure.events.formats.format import MAX_DECODED, Answer, WireFormat
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.reasons import Reason


class Item(msgspec.Struct, gc=False):
    """A message or a refusal, at the place in which it came."""

    message: Message | None = None
    refusal: Refusal | None = None


_items = msgspec.json.Decoder(list[Item])


def encode(items: Sequence[Message | Refusal]) -> bytes:
    """The items as a body of this format: decoding gives the very same, their message ids too."""
    return msgspec.json.encode(
        [Item(message=item) if isinstance(item, Message) else Item(refusal=item) for item in items]
    )


class Kept(WireFormat):
    name = "kept"

    def methods(self, route: str) -> tuple[str, ...]:
        return ()

    def write_key(self, request: Request, headers: Mapping[str, str], max_decoded: int = MAX_DECODED) -> str:
        return ""

    def decode(self, request: Request, max_decoded: int = MAX_DECODED) -> list[Message | Refusal]:
        """As it was encoded; `max_decoded` bounded it when it came."""
        try:
            found = [item.message or item.refusal for item in _items.decode(request.body)]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadBody(400, Reason.BAD_JSON, f"{error}.") from error
        return [item for item in found if item is not None]

    def accept(self, request: Request, items: Sequence[Message | Refusal], headers: Mapping[str, str]) -> Answer:
        return _NOWHERE

    def refuse(self, request: Request | None, bad: BadBody) -> Answer:
        return _NOWHERE

    def busy(self, retry_after_s: int) -> Answer:
        return _NOWHERE

    def stores(self, request: Request, headers: Mapping[str, str]) -> bool:
        return False


_NOWHERE = Answer(404, b"")
