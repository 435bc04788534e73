"""A page of customers with their numbers: the warehouse filters, sorts and pages, the database supplies the names."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tenure.accounts.models import Account
from tenure.warehouse.schema import HealthState
from tenure.warehouse.store import AccountPage, AccountQuery, Store

CHANGE_DAYS = 28
TREND_WEEKS = 12
CHANGE = "change"  # sorts by the score's change; not a column of account_day
EVERY = 1_000_000  # more accounts than there can be
AT_ONCE = 1_000  # customers of a file that are looked up together

Value = float | int | None


@dataclass(frozen=True)
class Customer:
    """An account on a day. `values` follow the query's columns; `trend` is the score a week, oldest first.

    `change` is in points against CHANGE_DAYS before; None when either day has no score.
    """

    id: int
    name: str
    external_id: str
    score: float | None
    state: HealthState
    change: float | None
    trend: tuple[float | None, ...]
    values: tuple[Value, ...]


def customers(store: Store, query: AccountQuery, *, trend: bool = True) -> tuple[int, list[Customer]]:
    """How many match, and the page. `query.columns` are columns of account_day; `order_by` may also be CHANGE."""
    asked = replace(query, columns=("health_score", "health_state", *query.columns))
    page = _by_change(store, asked) if query.order_by == CHANGE else store.accounts(asked)
    ids = [row[0] for row in page.rows]
    trends = _trends(store, ids, query.day) if trend else _two_points(store, query.day)
    names = {pk: (name, ref) for pk, name, ref in _names(ids)}
    found = [_customer(row, *names[row[0]], trends.get(row[0], {}), query.day) for row in page.rows if row[0] in names]
    return page.total, found


def customers_in_turn(store: Store, query: AccountQuery, ids: Sequence[int]) -> Iterator[list[Customer]]:
    """The customers of `ids` in that order, AT_ONCE at a time and without trends, whatever the query narrows to."""
    asked = replace(query, columns=("health_score", "health_state", *query.columns), order_by="name", search="")
    before = _two_points(store, query.day)
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        page = store.accounts(replace(asked, account_ids=some, states=None, visible=None, limit=AT_ONCE, offset=0))
        rows = {row[0]: row for row in page.rows}
        names = {pk: (name, ref) for pk, name, ref in _names(some)}
        yield [
            _customer(rows[pk], *names[pk], before.get(pk, {}), query.day) for pk in some if pk in rows and pk in names
        ]


def ordered_ids(store: Store, query: AccountQuery) -> list[int]:
    """Every matching account in the query's order."""
    asked = replace(query, columns=(), limit=EVERY, offset=0)
    page = _by_change(store, asked) if query.order_by == CHANGE else store.accounts(asked)
    return [row[0] for row in page.rows]


def _by_change(store: Store, query: AccountQuery) -> AccountPage:
    """The page sorted by change, here and not in the warehouse: it is made of two days, and rarely asked for."""
    by_name = replace(query, columns=("health_score",), order_by="name", descending=False, limit=EVERY, offset=0)
    changes = _changes(store, by_name)
    known = [(value, pk) for pk, value in changes if value is not None]
    known.sort(key=lambda each: each[0], reverse=query.descending)
    ids = [pk for _value, pk in known] + [pk for pk, value in changes if value is None]
    ids = ids[query.offset : query.offset + query.limit]
    rows = {row[0]: row for row in store.accounts(replace(by_name, columns=query.columns, account_ids=ids)).rows}
    return AccountPage(len(changes), [rows[pk] for pk in ids if pk in rows])


def _changes(store: Store, query: AccountQuery) -> list[tuple[int, float | None]]:
    before = _scores(store, query.day - timedelta(days=CHANGE_DAYS))
    return [(pk, _change(values[0], before.get(pk))) for pk, *values in store.accounts(query).rows]


def _trends(store: Store, ids: Collection[int], day: date) -> dict[int, dict[date, Value]]:
    trends: dict[int, dict[date, Value]] = {}
    if ids:
        first = day - timedelta(weeks=TREND_WEEKS - 1)
        for pk, on, *score in store.account_series(ids, ("health_score",), first, day, step_days=7):
            trends.setdefault(pk, {})[on] = score[0]
    return trends


def _two_points(store: Store, day: date) -> dict[int, dict[date, Value]]:
    before = day - timedelta(days=CHANGE_DAYS)
    return {pk: {before: score} for pk, score in _scores(store, before).items()}


def _scores(store: Store, day: date) -> dict[int, Value]:
    return {pk: score[0] for pk, *score in store.day_values(day, ("health_score",))}


def _names(ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """(id, name, external id); all of them at once beyond a page, because a list of ids has a limit in SQLite."""
    accounts = Account.objects.all() if len(ids) > 1000 else Account.objects.filter(pk__in=ids)
    return [(pk, name or ref, ref) for pk, name, ref in accounts.values_list("pk", "name", "external_id")]


def _customer(
    row: tuple[int, *tuple[Value, ...]], name: str, ref: str, scores: dict[date, Value], day: date
) -> Customer:
    pk, *columns = row
    score, state, *values = columns
    weeks = (day - timedelta(weeks=week) for week in range(TREND_WEEKS - 1, -1, -1))
    return Customer(
        id=pk,
        name=name,
        external_id=ref,
        score=score,
        state=HealthState(int(state or 0)),
        change=_change(score, scores.get(day - timedelta(days=CHANGE_DAYS))),
        trend=tuple(scores.get(week) for week in weeks),
        values=tuple(values),
    )


def _change(now: Value, before: Value) -> float | None:
    return None if now is None or before is None else now - before
