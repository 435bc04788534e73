"""Counted numbers as metrics: the sum of a series over the days of a window, or its highest day.

Such a metric is that of an attribute, by the name "counted:SERIES:DAYS" or "counted:SERIES:DAYS:highest"; what it
measures on a day is read here.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Max, Sum

from tenure.health.counted.rooms import count_on, counted_by_room
from tenure.health.metrics import define_metric, metrics_in_use
from tenure.health.models import CountedSeries, CountedValue
from tenure.people.models import Member

_NAME: Final = re.compile(r"counted:([a-z0-9_]{1,60}):(\d{1,3})(:highest)?")
_WINDOWS: Final = (1, 28)


def attribute(series: str, days: int) -> str:
    """The attribute that is the sum of the series over so many days."""
    return f"counted:{series}:{days}"


def is_counted(name: str) -> re.Match[str] | None:
    """Whether an attribute is such a number: (series, days, ":highest" or None)."""
    return _NAME.fullmatch(name)


def window_of(name: str) -> int | None:
    """The days over which such an attribute counts; None of any other."""
    if parts := is_counted(name):
        return int(parts[2])
    counted = counted_by_room(name)
    return counted[1] if counted else None


def longest_in_use() -> int:
    """The most days any metric sums up numbers of imports over."""
    names = (str(metric.spec.get("property", "")) for metric in metrics_in_use().values())
    return max((int(parts[2]) for name in names if (parts := is_counted(name))), default=max(_WINDOWS))


def counted_on(day: date, names: Iterable[str]) -> Mapping[str, Mapping[int, float]]:
    """Of each of these attributes the value of every account that has one on the day."""
    found: dict[str, Mapping[int, float]] = {}
    for name in names:
        if parts := is_counted(name):
            first = day - timedelta(days=int(parts[2]) - 1)
            rows = CountedValue.objects.filter(series__key=parts[1], day__range=(first, day), until=None)
            told = rows.values_list("account_id").annotate(told=(Max if parts[3] else Sum)("value")).order_by()
            found[name] = {account_id: float(value) for account_id, value in told}
        elif counted := counted_by_room(name):
            found[name] = dict(count_on(day, *counted))
    return found


def define_metrics(series: Iterable[CountedSeries], actor: Member | None) -> list[str]:
    """Has a metric of the day and one of 28 days for each, where there is none; returns the keys of the new ones."""
    known, made = metrics_in_use(), []
    for each in series:
        for days in _WINDOWS:
            key = f"counted_{each.key}"[:56] + ("" if days == 1 else f"_{days}")
            if key in known:
                continue
            named = each.name if days == 1 else f"{each.name}, {days} days"
            chinese = each.name if days == 1 else f"{each.name}（{days} 天）"
            spec = {"kind": "trait", "property": attribute(each.key, days)}
            document: dict[str, Any] = {"key": key, "name": named[:120], "unit": "count", "spec": spec}
            define_metric({**document, "names": {"zh-hans": chinese[:120]}}, actor)
            made.append(key)
    return made
