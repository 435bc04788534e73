"""Numbers that another system counted, for each account and day: kept as they are said, and replaced, never lost."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Max, Min

from tenure.health.models import CountedSeries, CountedValue
from tenure.lib.bulk import insert_rows, set_values

_AT_ONCE = 5_000
_TABLE = CountedValue._meta.db_table


class Place(NamedTuple):
    """Which number: of a series, an account and a day."""

    series_id: int
    account_id: int
    day: date


def series_of(names: Mapping[str, str]) -> dict[str, CountedSeries]:
    """The series by key, made where there is none yet; `names` are what they are called, by key."""
    known = {each.key: each for each in CountedSeries.objects.filter(key__in=list(names))}
    for key, name in names.items():
        if key not in known:
            known[key] = CountedSeries.objects.create(key=key, name=name[:120])
    return known


def values_at(places: Collection[Place]) -> dict[Place, tuple[int, float]]:
    """The rows that hold these numbers now, with them: {place: (id, value)}."""
    if not places:
        return {}
    found: dict[Place, tuple[int, float]] = {}
    as_stored = CountedValue._meta.get_field("day").get_db_prep_value
    stored = {day: as_stored(day, connection) for day in {place.day for place in places}}
    days = {told: day for day, each in stored.items() for told in (day, each)}  # as either engine tells them
    every = list(places)
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        wanted = ", ".join(["(%s, %s, %s)"] * len(some))
        values = [part for series, account, day in some for part in (series, account, stored[day])]
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH wanted AS (VALUES {wanted}) SELECT c.series_id, c.account_id, c.day, c.id, c.value FROM wanted "
                f"JOIN {_TABLE} c ON c.series_id = wanted.column1 AND c.account_id = wanted.column2 "
                "AND c.day = wanted.column3 AND c.until IS NULL",
                values,
            )
            for series, account, day, key, value in cursor.fetchall():
                found[Place(series, account, days[day])] = key, value
    return found


def keep_values(given: Mapping[Place, float], brought_by: int) -> None:
    """Writes numbers, within the caller's transaction. Those that are so already add nothing."""
    held = values_at(given)
    new = {place: value for place, value in given.items() if place not in held or held[place][1] != value}
    set_values(CountedValue, ["until"], [(held[place][0], brought_by) for place in new if place in held])
    insert_rows(
        CountedValue,
        ("series", "account", "day", "value", "brought_by"),
        [(*place, value, brought_by) for place, value in new.items()],
    )


def take_back_values(brought_by: int) -> int:
    """Takes away what an import brought: what it replaced counts again, what replaced it stays. Returns how many."""
    same = f"x.series_id = {_TABLE}.series_id AND x.account_id = {_TABLE}.account_id AND x.day = {_TABLE}.day"
    later = f"SELECT x.until FROM {_TABLE} x WHERE {same} AND x.brought_by = %s AND x.until IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET until = ({later}) WHERE until = %s AND brought_by <> %s AND EXISTS ({later})",
            [brought_by] * 4,
        )
        taken = CountedValue.objects.filter(brought_by=brought_by).update(until=brought_by)
        cursor.execute(f"UPDATE {_TABLE} SET until = NULL WHERE until = %s AND brought_by <> %s", [brought_by] * 2)
    return taken


def span_of(brought_by: int) -> tuple[date, date] | None:
    """The first and the last day an import said something about."""
    found = CountedValue.objects.filter(brought_by=brought_by).aggregate(first=Min("day"), last=Max("day"))
    return (found["first"], found["last"]) if found["first"] else None


def keys_of(brought_by: int) -> list[CountedSeries]:
    """The series an import said something about."""
    ids = CountedValue.objects.filter(brought_by=brought_by).order_by().values("series").distinct()
    return list(CountedSeries.objects.filter(pk__in=ids).order_by("key"))


def first_days(rows: Iterable[Place]) -> dict[int, date]:
    """The earliest day of each account among these."""
    found: dict[int, date] = {}
    for place in rows:
        found[place.account_id] = min(place.day, found.get(place.account_id, date.max))
    return found
