"""Is Tenure well: the few things that stop events or numbers, as the health endpoint and the pages tell them."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from tenure.config import Config
from tenure.events.inbox import current as current_inbox
from tenure.events.inbox.store import Inbox
from tenure.lib import clock
from tenure.warehouse import current as current_store
from tenure.warehouse.store import Store, WarehouseError


@dataclass(frozen=True)
class Status:
    """`problems` are sentences for people, in the language of the reader; empty when all is well."""

    waiting: int
    oldest_wait_s: float
    free_bytes: int
    problems: tuple[str, ...]


def read_status(
    config: Config, inbox: Inbox, store: Store | None, now_us: int, *, has_warehouse: bool = True
) -> Status:
    """The state of this installation now. A process that only takes events in has no warehouse and misses none."""
    waiting, oldest_us = inbox.backlog(store.position()) if store is not None else (0, 0)
    wait_s = (now_us - oldest_us) / 1e6 if oldest_us else 0.0
    free = shutil.disk_usage(config.data).free
    problems = []
    if store is None and has_warehouse:
        problems.append(_("The warehouse is not open. Events are kept and will be loaded when it is."))
    if free < config.min_free_disk:
        problems.append(
            _("The disk is almost full: new events are refused with 503 and their senders try again. Free some space.")
        )
    if waiting >= config.inbox_max_backlog:
        problems.append(
            _("Too many events wait to be loaded: new ones are refused with 503 and their senders try again.")
        )
    elif wait_s > 120:
        problems.append(_("Loading lags: the numbers are %(minutes)d minutes behind.") % {"minutes": wait_s // 60})
    return Status(waiting, wait_s, free, tuple(problems))


def status_now() -> Status:
    """The state of the installation this process serves; raises InboxUnavailable when it has no inbox open."""
    try:
        store = current_store.store()
    except WarehouseError:
        store = None
    return read_status(settings.CONFIG, current_inbox.inbox(), store, int(clock.now().timestamp() * 1e6))
