"""Every metric of every account on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tenure.core.metrics import MetricKind, MetricSpec
from tenure.core.reference.events import Event, Stored
from tenure.core.reference.filters import number, passes
from tenure.core.reference.rollups import VALUE, is_counted, opened_users

USAGE = {
    MetricKind.COUNT,
    MetricKind.ACTIVE_USERS,
    MetricKind.ACTIVE_FEATURES,
    MetricKind.PROPERTY_SUM,
    MetricKind.DAYS_SINCE_LAST,
}


@dataclass(frozen=True)
class World:
    """What a metric is measured in: events and links, the catalogue, who is not counted, what is known of accounts."""

    stored: Stored
    classes: Mapping[int, int]  # event -> class
    features: Mapping[int, int]  # event -> feature, 0 = none
    excluded: Collection[int]
    traits: Mapping[str, Mapping[int, float]]  # name -> account -> value


def measure(world: World, account_id: int, day: date, key: str, metrics: Mapping[str, MetricSpec]) -> float | None:
    """The value of metric `key` for one account, None when it has none."""
    spec = metrics[key]
    if spec.kind in USAGE:
        return _usage(world, account_id, day, spec)
    match spec.kind:
        case MetricKind.OPENED_USERS:
            known = world.traits.get(spec.property or "", {}).get(account_id)
            users = opened_users(world.stored, account_id, day, world.excluded) if known is None else known
            return float(users) or None
        case MetricKind.ALL_FEATURES:
            return float(len({f for event, f in world.features.items() if f and world.classes[event] == VALUE}))
        case MetricKind.TRAIT:
            return world.traits.get(spec.property or "", {}).get(account_id)
        case _:
            above = measure(world, account_id, day, spec.numerator or "", metrics)
            below = measure(world, account_id, day, spec.denominator or "", metrics)
            return None if above is None or not below else above / below


def _usage(world: World, account_id: int, day: date, spec: MetricSpec) -> float | None:
    own = [event for event in world.stored.events if event.account_id == account_id and event.day <= day]
    if not own:
        return None
    events = [event for event in own if _matches(world, event, day, spec)]
    match spec.kind:
        case MetricKind.COUNT:
            return len(events)
        case MetricKind.ACTIVE_USERS:
            return len({event.user_id for event in events if is_counted(event.user_id, world.excluded)})
        case MetricKind.ACTIVE_FEATURES:
            return len({world.features.get(event.event_id, 0) for event in events} - {0})
        case MetricKind.PROPERTY_SUM:
            return sum(number(event.properties, spec.property or "") or 0.0 for event in events)
        case _:
            days = [(day - event.day).days for event in events]
            return min(days, default=spec.window_days)


def _matches(world: World, event: Event, day: date, spec: MetricSpec) -> bool:
    wanted = world.classes.get(event.event_id, 0) == VALUE if spec.events is None else event.event_id in spec.events
    return wanted and event.day > day - timedelta(days=spec.window_days) and passes(event.properties, spec.where)
