"""Every wire format and the paths it is spoken on."""

from typing import Final

from tenure.events.formats.format import WireFormat
from tenure.events.formats.segment import Segment

SEGMENT: Final = Segment()

FORMATS: Final[dict[str, WireFormat]] = {each.name: each for each in (SEGMENT,)}

#: Path -> (format, its own name of the route). Paths are exact.
ROUTES: Final[dict[str, tuple[WireFormat, str]]] = {
    "/v1/batch": (SEGMENT, "batch"),
    "/v1/import": (SEGMENT, "batch"),
    "/v1/track": (SEGMENT, "track"),
    "/v1/identify": (SEGMENT, "identify"),
    "/v1/group": (SEGMENT, "group"),
    "/v1/page": (SEGMENT, "page"),
    "/v1/screen": (SEGMENT, "screen"),
    "/v1/alias": (SEGMENT, "alias"),
    # the short paths of Segment's client for browsers
    "/v1/b": (SEGMENT, "batch"),
    "/v1/t": (SEGMENT, "track"),
    "/v1/i": (SEGMENT, "identify"),
    "/v1/g": (SEGMENT, "group"),
    "/v1/p": (SEGMENT, "page"),
    "/v1/s": (SEGMENT, "screen"),
    "/v1/a": (SEGMENT, "alias"),
}
