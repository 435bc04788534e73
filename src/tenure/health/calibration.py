"""Takes the health definition's thresholds from the accounts there are."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tenure.core.calibration import EmptySample
from tenure.core.health import Definition
from tenure.core.health_document import from_document
from tenure.health.definitions import DEFAULT, add_version, draft, set_thresholds, versions
from tenure.health.measuring import measure
from tenure.health.models import HealthDefinition
from tenure.jobs.queue import enqueue
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.warehouse.store import Store

#: An account counts once its longest window of the default parts is full.
SAMPLE_AGE_DAYS = 28

#: Fewer accounts than this say nothing; the definition waits.
SMALLEST_SAMPLE = 5

#: An account without a value event in 28 days has left: it cannot show how an account in use looks.
IN_USE = "value_events_28"


class SampleTooSmall(TenureError):
    """There are too few accounts to take thresholds from."""


def calibrate_draft(day: date, store: Store, zone: ZoneInfo) -> HealthDefinition | None:
    """Gives the waiting definition its first thresholds as of the day, once there are accounts enough for it.

    As of the last day with events when that is earlier: imported history may have ended long ago.
    """
    row = draft()
    last_day = store.totals().last_day if row else None
    if row is None or last_day is None:
        return None
    samples, size = take_sample(from_document(row.document), min(day, last_day), store, zone)
    if size < SMALLEST_SAMPLE:
        return None
    try:
        set_thresholds(row, samples, size)
    except EmptySample:  # no account has a value of some part yet
        return None
    return row


def recalibrate(day: date, store: Store, zone: ZoneInfo, actor: Member | None = None) -> HealthDefinition:
    """A new version with thresholds as of the day, holding from that day on; its days are closed again by a job.

    Scores never drift by themselves: thresholds change only here. Raises SampleTooSmall.
    """
    known = versions()
    definition = known[0].definition if known else DEFAULT
    samples, size = take_sample(definition, day, store, zone)
    if size < SMALLEST_SAMPLE:
        raise SampleTooSmall(
            f"Only {size} accounts were in use on {day} and known for {SAMPLE_AGE_DAYS} days; "
            f"thresholds need {SMALLEST_SAMPLE}. The definition stays as it is."
        )
    try:
        row = add_version(definition, samples, size, day, actor)
    except EmptySample as error:
        raise SampleTooSmall(f"{error} The definition stays as it is.") from error
    enqueue("close_dirty_days", {"spans": [[day.isoformat(), None]]}, actor=actor)
    return row


def take_sample(
    definition: Definition, day: date, store: Store, zone: ZoneInfo
) -> tuple[dict[str, Sequence[float | None]], int]:
    """Values of the definition's metrics over accounts in use and old enough on the day, and how many they are."""
    measures = measure(store, zone, day)
    first_days = store.first_days()
    old = day - timedelta(days=SAMPLE_AGE_DAYS - 1)
    use = measures.values(IN_USE)
    chosen = [n for n, account in enumerate(measures.accounts()) if use[n] and first_days.get(account, date.max) <= old]
    columns = {metric: measures.values(metric) for metric in definition.metrics}
    return {metric: [values[n] for n in chosen] for metric, values in columns.items()}, len(chosen)
