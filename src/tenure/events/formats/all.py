"""Every wire format and the paths it is spoken on."""

from typing import Final

from tenure.events.formats.format import WireFormat
from tenure.events.formats.kept import Kept
from tenure.events.formats.native import Native
from tenure.events.formats.posthog import PostHog
from tenure.events.formats.segment import Segment
from tenure.events.formats.sensors import Sensors

SEGMENT, SENSORS, POSTHOG, NATIVE = Segment(), Sensors(), PostHog(), Native()

#: By name.
FORMATS: Final[dict[str, WireFormat]] = {each.name: each for each in (SEGMENT, SENSORS, POSTHOG, NATIVE)}

#: By the name under which the inbox keeps a body: one more, in which it was rewritten.
STORED: Final[dict[str, WireFormat]] = {**FORMATS, Kept.name: Kept()}

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
    "/sa": (SENSORS, "sa"),
    "/sa.gif": (SENSORS, "sa"),
    "/debug": (SENSORS, "debug"),
    "/batch": (POSTHOG, "batch"),
    "/batch/": (POSTHOG, "batch"),
    "/capture": (POSTHOG, "event"),
    "/capture/": (POSTHOG, "event"),
    "/track": (POSTHOG, "event"),
    "/track/": (POSTHOG, "event"),
    "/e": (POSTHOG, "event"),
    "/e/": (POSTHOG, "event"),
    "/i/v0/e": (POSTHOG, "event"),
    "/i/v0/e/": (POSTHOG, "event"),
    "/flags": (POSTHOG, "flags"),
    "/flags/": (POSTHOG, "flags"),
    "/decide": (POSTHOG, "flags"),
    "/decide/": (POSTHOG, "flags"),
    "/v1/events": (NATIVE, "events"),
}
