"""An account's value events, active users and active features over a day, a week and 28 days, against two bases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tenure.core.change import Change, Span, change, window, window_before, window_year_before
from tenure.warehouse.store import Store
from tenure.web.customers.told_change import ToldChange, told

PERIODS = (1, 7, 28)  # days; 28 and not a month, so that both sides hold the same weekdays

Totals = Iterable[tuple[date, int, int, int]]  # (day, event_id, count, users)
Features = Mapping[int, tuple[int, str]]  # events.features.features_of_events


@dataclass(frozen=True)
class PeriodUse:
    """A value over a period, against as many days just before and the same dates a year earlier."""

    days: int
    value: float | None
    before: Change
    year: Change

    @property
    def told_before(self) -> ToldChange:
        return told(self.before, "count")

    @property
    def told_year(self) -> ToldChange:
        return told(self.year, "count")


@dataclass(frozen=True)
class UsageRow:
    """One measure over each of PERIODS."""

    key: str
    unit: str
    periods: tuple[PeriodUse, ...]


def usage(store: Store, account_id: int, day: date, first_day: date, features: Features) -> list[UsageRow]:
    """Value events, active users and active features; a base that begins before `first_day` is no base."""
    spans = [(now, window_before(now), window_year_before(now)) for now in (window(day, days) for days in PERIODS)]
    flat = [span for three in spans for span in three]
    totals = _totals(store, account_id, spans[-1], features)
    users = store.active_users(account_id, [(span.first, span.last) for span in flat])
    measures: tuple[tuple[str, str, Sequence[float]], ...] = (
        ("value_events", "count", [_events(totals, span) for span in flat]),
        ("active_users", "users", users),
        ("active_features", "features", [_features(totals, span, features) for span in flat]),
    )
    return [UsageRow(key, unit, _periods(values, flat, first_day)) for key, unit, values in measures]


def _totals(store: Store, account_id: int, longest: tuple[Span, Span, Span], features: Features) -> Totals:
    now, before, year = longest
    recent = store.account_events(account_id, before.first, now.last)
    last_year = store.account_events(account_id, year.first, year.last)
    return [row for row in (*recent, *last_year) if row[1] in features]


def _events(totals: Totals, span: Span) -> int:
    return sum(count for day, _event, count, _users in totals if span.first <= day <= span.last)


def _features(totals: Totals, span: Span, features: Features) -> int:
    return len({features[event][0] for day, event, count, _users in totals if count and span.first <= day <= span.last})


def _periods(values: Sequence[float], spans: Sequence[Span], first_day: date) -> tuple[PeriodUse, ...]:
    known = [value if span.first >= first_day else None for value, span in zip(values, spans, strict=True)]
    return tuple(
        PeriodUse(
            days=spans[at].days,
            value=values[at],
            before=change(values[at], known[at + 1]),
            year=change(values[at], known[at + 2]),
        )
        for at in range(0, len(spans), 3)
    )
