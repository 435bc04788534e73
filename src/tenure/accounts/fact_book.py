"""Facts as rows: read as runs, written as what is new, and projected on the account in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from tenure.accounts.models import Account, Fact
from tenure.accounts.runs import Origin, Run
from tenure.accounts.search.keeping import names_changed
from tenure.accounts.values import canonical
from tenure.lib.bulk import insert_rows, set_values, update_rows
from tenure.lib.instants import to_datetime, to_us

#: (account id, field)
Place = tuple[int, str]

#: What rooms above do when facts were written, in the same transaction.
AFTER_CHANGE: list[Callable[[], None]] = []

_WRITTEN = (
    "account", "field", "value", "valid_from", "confirmed_at", "recorded_at", "source", "actor", "corrects",
    "withdrawal",
)  # fmt: skip


@dataclass
class Known:
    """What is recorded of one field of one account.

    `runs` count, in order; `gone` are those a later fact corrected; `withdrawals` are to be written beside new runs.
    """

    runs: list[Run] = field(default_factory=list)
    gone: list[Run] = field(default_factory=list)
    withdrawals: list[Run] = field(default_factory=list)

    def was_withdrawn(self, time_us: int, text: str) -> bool:
        """Whether this statement is one of those a person called wrong: said again, it stays wrong."""
        return any(run.text == text and run.first_us <= time_us <= run.last_us for run in self.gone)


Book = Mapping[Place, Known]
_COLUMNS = (
    "account_id", "field", "id", "valid_from", "confirmed_at", "value", "source", "actor_id", "corrects_id",
    "withdrawal",
)  # fmt: skip


def read_book(places: Iterable[Place]) -> dict[Place, Known]:
    """What is known of these places; nobody else writes facts about their accounts until the transaction ends."""
    places = dict.fromkeys(places)
    accounts, fields = {account for account, _ in places}, {name for _, name in places}
    _lock(accounts)
    book = {place: Known() for place in places}
    rows = Fact.objects.filter(account_id__any_of=accounts, field__in=fields).values_list(*_COLUMNS)
    found: dict[Place, dict[int, Run]] = defaultdict(dict)
    corrected: set[int] = set()
    for account_id, name, key, valid_from, confirmed_at, value, source, actor_id, corrects_id, withdrawal in rows:
        if corrects_id is not None:
            corrected.add(corrects_id)
        if not withdrawal and (account_id, name) in book:
            last_us, origin = to_us(confirmed_at), Origin(source, actor_id)
            run = Run(to_us(valid_from), last_us, canonical(value), value, origin, key, last_us)
            found[account_id, name][key] = run
    for place, runs in found.items():
        for key, run in runs.items():
            (book[place].gone if key in corrected else book[place].runs).append(run)
        book[place].runs.sort(key=lambda run: run.order)
    return book


def read_accounts(account_ids: Collection[int]) -> dict[Place, Known]:
    """Everything known of these accounts."""
    places = Fact.objects.filter(account_id__any_of=account_ids).values_list("account_id", "field").distinct()
    return read_book(places)


def write_book(book: Book, recorded_at: datetime) -> tuple[list[tuple[Place, int]], list[Account]]:
    """Writes what is new, within the caller's transaction; returns the new facts' ids and the accounts that changed."""
    new = [(place, run) for place, known in book.items() for run in known.runs if run.row is None]
    new += [(place, run) for place, known in book.items() for run in known.withdrawals]
    keys = insert_rows(Fact, _WRITTEN, [_row(place, run, recorded_at) for place, run in new])
    runs = (run for known in book.values() for run in known.runs)
    confirmed = [run for run in runs if run.row is not None and run.last_us != run.kept_last_us]
    set_values(Fact, ["confirmed_at"], [(run.row, to_datetime(run.last_us)) for run in confirmed])
    if new:
        for tell in AFTER_CHANGE:
            tell()
    return [(place, key) for (place, _run), key in zip(new, keys, strict=True)], project(book, recorded_at)


def project(book: Book, now: datetime, *, whole: bool = False) -> list[Account]:
    """Writes the values true at `now` on the accounts; returns those that changed.

    `whole`: the book holds all the accounts' fields, so the time of their next fact is certain.
    """
    now_us = to_us(now)
    current: dict[int, dict[str, Any]] = defaultdict(dict)
    ahead: dict[int, list[int]] = defaultdict(list)
    for (account_id, name), known in book.items():
        begun = [run for run in known.runs if run.first_us <= now_us]
        current[account_id][name] = begun[-1].value if begun else None
        ahead[account_id] += [run.first_us for run in known.runs[len(begun) :][:1]]
    changed, moved, renamed = [], [], []
    for account in Account.objects.filter(pk__any_of=current):
        traits = {**account.traits, **current[account.pk]}
        traits = {name: value for name, value in traits.items() if value is not None}
        called = traits.get("name")
        called = called[:300] if isinstance(called, str) else ""
        if called != account.name:
            renamed.append(account.pk)
        next_fact_at = _next(account, ahead[account.pk], whole)
        if traits != account.traits or called != account.name:
            changed.append(account)
        elif next_fact_at != account.next_fact_at:
            moved.append(account)
        account.traits, account.name, account.next_fact_at = traits, called, next_fact_at
    update_rows([*changed, *moved], ["traits", "name", "next_fact_at"])
    names_changed(Account, renamed)
    return changed


def _row(place: Place, run: Run, recorded_at: datetime) -> tuple[Any, ...]:
    first, last, origin = to_datetime(run.first_us), to_datetime(run.last_us), run.origin
    return (
        *place,
        run.value,
        first,
        last,
        recorded_at,
        origin.source[:100],
        origin.actor_id,
        run.corrects,
        run.withdrawal,
    )


def _next(account: Account, ahead: Collection[int], whole: bool) -> datetime | None:
    """Of a part of the fields the earliest time so far stands: at worst the account is looked at once too often."""
    times = [to_datetime(min(ahead))] if ahead else []
    if not whole and account.next_fact_at is not None:
        times.append(account.next_fact_at)
    return min(times, default=None)


def _lock(account_ids: Collection[int]) -> None:
    """Two writers of one account's facts take turns. SQLite's transactions take turns anyway."""
    if connection.features.has_select_for_update:
        list(Account.objects.select_for_update().filter(pk__any_of=account_ids).order_by("pk").values_list("pk"))
