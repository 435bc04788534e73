"""What each source sent last: its page turns live with the first event."""

from collections.abc import Sequence
from typing import Any, Final

from tenure.events.columns import Columns
from tenure.events.models import Source
from tenure.lib.instants import to_datetime

_LATEST: Final = 5


class Arrivals:
    """Collects the latest events of each source over a batch and writes one row a source."""

    def __init__(self) -> None:
        self._seen: dict[int, list[dict[str, Any]]] = {}
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def see(
        self,
        source_id: int,
        received_us: int,
        items: Columns,
        identities: Sequence[str],
        accounts: Sequence[str],
    ) -> None:
        """Notes the events of a body, with the id and the account each names."""
        last = slice(-_LATEST, None)
        rows = [
            {"time": to_datetime(time_us).isoformat(), "event": name, "user": identity, "account": account}
            for time_us, name, identity, account in zip(
                items.times_us[last], items.names[last], identities[last], accounts[last], strict=True
            )
        ]
        self._seen[source_id] = [*reversed(rows), *self._seen.get(source_id, [])][:_LATEST]
        self._first.setdefault(source_id, received_us)
        self._last[source_id] = received_us

    def write(self) -> None:
        """Brings the sources up to date."""
        for source in Source.objects.filter(pk__in=self._seen):
            source.latest = [*self._seen[source.pk], *source.latest][:_LATEST]
            source.first_event_at = source.first_event_at or to_datetime(self._first[source.pk])
            source.last_event_at = to_datetime(self._last[source.pk])
            source.save(update_fields=["latest", "first_event_at", "last_event_at"])
