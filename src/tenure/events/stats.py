"""How much there is, and how far loading is."""

from typing import TypedDict

from django.db.models import Count

from tenure.accounts.models import Account, User
from tenure.events.inbox.store import Inbox
from tenure.events.models import EventKind, EventType, QuarantinedItem
from tenure.lib import clock
from tenure.warehouse.store import Store


class Stats(TypedDict):
    """`events` are all stored, `track_events` those of track calls; `quarantined` by reason.

    `inbox_lag` are the bodies waiting to be loaded, `inbox_lag_s` the seconds the oldest of them has waited.
    """

    events: int
    track_events: int
    users: int
    accounts: int
    quarantined: dict[str, int]
    inbox_lag: int
    inbox_lag_s: float


def read_stats(store: Store, inbox: Inbox) -> Stats:
    """The figures now. Users merged into others are not counted."""
    tracked = set(EventType.objects.filter(kind=EventKind.TRACK).values_list("id", flat=True))
    totals = store.event_totals()
    refused = QuarantinedItem.objects.values_list("reason").annotate(Count("id")).order_by("reason")
    bodies, oldest_us = inbox.backlog(store.position())
    waited_s = max(clock.now().timestamp() - oldest_us / 1e6, 0.0) if bodies else 0.0
    return Stats(
        events=sum(total.count for total in totals),
        track_events=sum(total.count for total in totals if total.event_id in tracked),
        users=User.objects.filter(merged_into=None).count(),
        accounts=Account.objects.count(),
        quarantined=dict(refused),
        inbox_lag=bodies,
        inbox_lag_s=round(waited_s, 1),
    )
