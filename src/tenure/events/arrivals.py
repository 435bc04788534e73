"""What each source sent last: its page turns live with the first event."""

from typing import Any, Final

import pyarrow as pa

from tenure.events.models import Source
from tenure.events.pipeline import Delivery
from tenure.lib.instants import to_datetime

_LATEST: Final = 5


class Arrivals:
    """Collects the latest events of each source over a batch and writes one row a source."""

    def __init__(self) -> None:
        self._seen: dict[int, list[dict[str, Any]]] = {}
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def see(self, delivery: Delivery, identities: pa.StringArray) -> None:
        """Notes the latest events of a delivery, with the id and the account each names."""
        items, source_id = delivery.items, delivery.bodies[0].source_id
        latest = (items.times_us, items.names, identities, delivery.accounts)
        columns = [column[-_LATEST:].to_pylist() for column in latest]
        rows = [
            {"time": to_datetime(time_us).isoformat(), "event": name, "user": identity, "account": account}
            for time_us, name, identity, account in zip(*columns, strict=True)
        ]
        self._seen[source_id] = [*reversed(rows), *self._seen.get(source_id, [])][:_LATEST]
        first_us, last_us = delivery.bodies[0].received_us, delivery.bodies[-1].received_us
        self._first[source_id] = min(first_us, self._first.get(source_id, first_us))
        self._last[source_id] = max(last_us, self._last.get(source_id, last_us))

    def write(self) -> None:
        """Brings the sources up to date."""
        for source in Source.objects.filter(pk__in=self._seen):
            source.latest = [*self._seen[source.pk], *source.latest][:_LATEST]
            source.first_event_at = source.first_event_at or to_datetime(self._first[source.pk])
            source.last_event_at = to_datetime(self._last[source.pk])
            source.save(update_fields=["latest", "first_event_at", "last_event_at"])
