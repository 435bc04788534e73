"""Which features an account uses, week by week, and which it never does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SHOWN_WEEKS = 26
SHOWN_FEATURES = 30


@dataclass(frozen=True)
class FeatureRow:
    """A feature's events a week, oldest week first."""

    name: str
    weeks: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.weeks)


@dataclass(frozen=True)
class FeatureUse:
    """`weeks` are Mondays; the last week may be a part of one. `rows` most used first; `unused` names the rest.

    `left_out` counts used features beyond SHOWN_FEATURES.
    """

    weeks: tuple[date, ...]
    rows: tuple[FeatureRow, ...]
    unused: tuple[str, ...]
    left_out: int

    @property
    def used(self) -> int:
        return len(self.rows) + self.left_out


def first_monday(day: date) -> date:
    """The first of SHOWN_WEEKS weeks of which the last one holds the day."""
    return day - timedelta(days=day.weekday() + 7 * (SHOWN_WEEKS - 1))


def feature_use(
    totals: Iterable[tuple[date, int, int, int]], features: Mapping[int, tuple[int, str]], day: date
) -> FeatureUse:
    """Sums (day, event_id, count, users) rows of one account by feature and week; `features` as
    events.features.features_of_events."""
    start = first_monday(day)
    names = dict(features.values())
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * SHOWN_WEEKS)
    for on, event_id, count, _users in totals:
        if event_id in features and start <= on <= day:
            counts[features[event_id][0]][(on - start).days // 7] += count
    rows = sorted(
        (FeatureRow(names[code], tuple(weeks)) for code, weeks in counts.items()),
        key=lambda row: (-row.total, row.name),
    )
    return FeatureUse(
        weeks=tuple(start + timedelta(days=7 * week) for week in range(SHOWN_WEEKS)),
        rows=tuple(rows[:SHOWN_FEATURES]),
        unused=tuple(sorted(name for code, name in names.items() if code not in counts)),
        left_out=max(0, len(rows) - SHOWN_FEATURES),
    )
