"""The names events come under: their rows in the catalogue, and what a new one is taken to be."""

import re
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from tenure.events.models import EventClass, EventKind, EventType

#: Names the catalogue takes; more are a sign of names made from data ("viewed order 4711").
MOST_NAMES: Final = 5_000

_PASSIVE = re.compile(
    r"^\$|(?:^|[ _.-])(?:log(?:ged)?[ _-]?(?:in|out)|sign(?:ed)?[ _-]?(?:in|out)|page[ _-]?(?:view(?:ed)?|leave)|"
    r"screen[ _-]?view(?:ed)?|session[ _-]?(?:start(?:ed)?|end(?:ed)?)|heart[ _-]?beat|ping|app[ _-]?(?:open(?:ed)?|"
    r"start(?:ed)?|close[d]?))(?:$|[ _.-])",
    re.IGNORECASE,
)


def default_class(name: str, kind: str) -> EventClass:
    """What an event counts as until somebody marks it: value for what people do, base for being there.

    Calls that describe users, accounts or things (identify, group, alias, profile, item) are ignored.
    """
    if kind in {EventKind.PAGE, EventKind.SCREEN} or name in {"$pageview", "$pageleave", "$screen"}:
        return EventClass.BASE
    if kind != EventKind.TRACK:
        return EventClass.IGNORED
    return EventClass.BASE if _PASSIVE.search(name) else EventClass.VALUE


def feature_code(event: EventType) -> int:
    """The warehouse's code of what the event shows use of: a feature, the event itself, or (0) nothing."""
    if event.event_class == EventClass.IGNORED:
        return 0
    if event.feature_id is not None:
        return event.feature_id
    return -event.pk if event.event_class == EventClass.VALUE else 0


class Names:
    """Names and their ids, as the loader knows them; `fresh` are rows the warehouse has not been told of."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._most = most
        self.ids: dict[str, int] = dict(EventType.objects.values_list("name", "id"))
        self.fresh: list[EventType] = []

    def admit(self, new: Mapping[str, str]) -> None:
        """Adds names (name -> kind) in alphabetical order while there is room."""
        room = max(self._most - len(self.ids), 0)
        if not room:
            return
        rows = [
            EventType(name=name, kind=new[name], event_class=default_class(name, new[name]))
            for name in sorted(new)[:room]
        ]
        with transaction.atomic():
            EventType.objects.bulk_create(rows)
        self.ids.update((row.name, row.pk) for row in rows)
        self.fresh += rows
