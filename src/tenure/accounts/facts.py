"""Facts about accounts: recorded as they were said, projected on the account, read as of a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Window
from django.db.models.functions import Rank

from tenure.accounts.models import Account, Fact
from tenure.accounts.runs import Run, say
from tenure.accounts.values import canonical, keepable
from tenure.lib.bulk import update_rows
from tenure.lib.instants import to_datetime, to_us
from tenure.people.models import Member


class Said(NamedTuple):
    """At `time_us` (since 1970 UTC) it was said that these traits of the account have these values."""

    account_id: int
    time_us: int
    traits: dict[str, Any]


def record_facts(
    said: Iterable[Said], source: str, recorded_at: datetime, actor: Member | None = None
) -> list[Account]:
    """Records what is new, within the caller's transaction; returns the accounts whose projection changed.

    A value equal to the one already true at that time adds no fact. The projection (Account.traits, Account.name) is
    the value of the latest time, whatever the order of arrival.
    """
    statements: dict[tuple[int, str], list[tuple[int, str, Any]]] = defaultdict(list)
    for account_id, time_us, traits in said:
        for field, value in keepable(traits).items():
            statements[account_id, field].append((time_us, canonical(value), value))
    if not statements:
        return []
    runs = _known_runs(statements)
    for place, new in statements.items():
        for time_us, text, value in sorted(new, key=lambda each: each[:2]):
            say(runs[place], time_us, text, value)
    _write(runs, source, recorded_at, actor)
    return _project(runs)


def facts_as_of(field: str, day: date, zone: ZoneInfo) -> dict[int, Any]:
    """{account id: value} of a field at the end of a day in the zone, without accounts where it is unknown or empty."""
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    newest = Window(Rank(), partition_by=F("account_id"), order_by=F("valid_from").desc())
    facts = Fact.objects.filter(field=field, valid_from__lt=end).annotate(rank=newest).filter(rank=1)
    held = [(canonical(value), account_id, value) for account_id, value in facts.values_list("account_id", "value")]
    return {account_id: value for _, account_id, value in sorted(held, key=lambda each: each[0]) if value is not None}


def _known_runs(places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[Run]]:
    places = list(places)
    runs: dict[tuple[int, str], list[Run]] = {place: [] for place in places}
    accounts, fields = {account for account, _ in places}, {field for _, field in places}
    rows = Fact.objects.filter(account_id__any_of=accounts, field__in=fields)
    for fact in rows.values_list("account_id", "field", "valid_from", "confirmed_at", "value", "id"):
        account_id, field, valid_from, confirmed_at, value, key = fact
        if (account_id, field) in runs:
            last_us = to_us(confirmed_at)
            run = Run(to_us(valid_from), last_us, canonical(value), value, key, last_us)
            runs[account_id, field].append(run)
    for each in runs.values():
        each.sort(key=lambda run: run.order)
    return runs


def _write(runs: dict[tuple[int, str], list[Run]], source: str, recorded_at: datetime, actor: Member | None) -> None:
    new, confirmed = [], []
    for (account_id, field), each in runs.items():
        for run in each:
            last = to_datetime(run.last_us)
            if run.row is None:
                new.append(
                    Fact(
                        account_id=account_id,
                        field=field,
                        value=run.value,
                        valid_from=to_datetime(run.first_us),
                        confirmed_at=last,
                        recorded_at=recorded_at,
                        source=source[:100],
                        actor=actor,
                    )
                )
            elif run.last_us != run.kept_last_us:
                confirmed.append(Fact(pk=run.row, confirmed_at=last))
    Fact.objects.bulk_create(new, batch_size=500)
    update_rows(confirmed, ["confirmed_at"])


def _project(runs: dict[tuple[int, str], list[Run]]) -> list[Account]:
    current: dict[int, dict[str, Any]] = defaultdict(dict)
    for (account_id, field), each in runs.items():
        current[account_id][field] = each[-1].value
    changed = []
    for account in Account.objects.filter(pk__any_of=current):
        traits = {**account.traits, **current[account.pk]}
        traits = {field: value for field, value in traits.items() if value is not None}
        name = traits.get("name")
        name = name[:300] if isinstance(name, str) else ""
        if traits != account.traits or name != account.name:
            account.traits, account.name = traits, name
            changed.append(account)
    update_rows(changed, ["traits", "name"])
    return changed
