"""Many accounts and what is said of them at once, from a file: those known already are brought up to date.

What is not given stays as it is. Giving the same again changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from tenure.accounts.assignments.new_accounts import ask_for_assignment
from tenure.accounts.fact_book import Known, Place, read_book, write_book
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account, Fact
from tenure.accounts.runs import Origin, Run, withdrawal
from tenure.accounts.search.keeping import names_changed
from tenure.accounts.stated import mention_accounts
from tenure.accounts.values import canonical, keepable
from tenure.lib.bulk import insert_rows, set_values
from tenure.lib.instants import to_datetime, to_us
from tenure.people.models import Member


class GivenAccount(NamedTuple):
    """From `time_us` (since 1970 UTC) on these values are true of the account."""

    external_id: str
    time_us: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """`name` is how the account is called; `changes` are (field, before, after), the fields in their given order."""

    is_new: bool
    name: str
    changes: Sequence[tuple[str, Any, Any]]


def compare_accounts(given: Sequence[GivenAccount], now_us: int) -> list[Compared]:
    """What keep_accounts would do with each. Writes nothing."""
    known = {account.external_id: account for account in _known(given)}
    past = _past(given, known, now_us)
    found = []
    for each in given:
        account = known.get(each.external_id)
        name = str(each.values.get("name") or (account and account.name) or each.external_id)
        if account is None:
            found.append(Compared(True, name, [(field, None, value) for field, value in each.values.items()]))
            continue
        changes = []
        for field, value in keepable(dict(each.values)).items():
            held = past.get((account.pk, field))
            if held is None or each.time_us >= now_us:
                before, says = account.traits.get(field), canonical(value)
                if canonical(before) != says:
                    changes.append((field, before, value))
            elif (change := _would_change(held, each.time_us, value)) is not None:
                changes.append((field, change[0], value))
        found.append(Compared(False, name, changes))
    return found


def keep_accounts(
    given: Sequence[GivenAccount],
    source: str,
    now: datetime,
    zone: ZoneInfo,
    actor: Member | None = None,
    *,
    file: str = "",
) -> set[int]:
    """Adds and updates accounts within the caller's transaction; returns the ids of those that changed.

    `file` is the number of the import whose rows say it; empty when somebody says it by hand.
    """
    accounts = {account.external_id: account for account in _known(given)}
    fresh: dict[str, list[GivenAccount]] = {}
    known: list[GivenAccount] = []
    for each in given:
        if each.external_id in accounts:
            known.append(each)
        else:
            fresh.setdefault(each.external_id, []).append(each)
    now_us = to_us(now)
    simple = [some[0] for some in fresh.values() if len(some) == 1 and some[0].time_us <= now_us]
    ids = _insert(simple, source, now, zone, actor, only_in_files=bool(file))
    changed = set(ids.values())
    rest = [each for external_id, some in fresh.items() if external_id not in ids for each in some]
    if rest:
        others = sorted({each.external_id for each in rest})
        keys = insert_rows(Account, ("external_id", "only_in_files"), [(text, bool(file)) for text in others])
        ids |= dict(zip(others, keys, strict=True))
        changed.update(keys)
        names_changed(Account, keys, new=True)
    if fresh:
        ask_for_assignment()
    if file:
        mention_accounts(file, {each.external_id for each in given})
    ids |= {external_id: account.pk for external_id, account in accounts.items()}
    said = [Said(ids[each.external_id], each.time_us, dict(each.values)) for each in (*rest, *known)]
    changed |= {account.pk for account in record_facts(said, source, now, actor)}
    return changed | lower_first_days({each.account_id: _day(each.time_us, zone) for each in said if each.traits})


def lower_first_days(days: Mapping[int, date]) -> set[int]:
    """Notes earlier first days of accounts; returns those that changed."""
    held = dict(Account.objects.filter(pk__any_of=list(days)).values_list("pk", "first_day"))
    earlier = {key: day for key, day in days.items() if day < (held.get(key) or date.max)}
    set_values(Account, ["first_day"], list(earlier.items()))
    return set(earlier)


def take_back(source: str, accounts: Collection[int], actor: Member | None, now: datetime) -> list[Account]:
    """Withdraws the facts of these accounts that a source wrote; what was said since stays said.

    Within the caller's transaction; returns the accounts whose values of today changed.
    """
    rows = Fact.objects.filter(account_id__any_of=accounts, source=source, withdrawal=False)
    wrong = {pk: (account_id, field) for pk, account_id, field in rows.values_list("pk", "account_id", "field")}
    book = read_book(wrong.values())
    origin = Origin(source, actor.pk if actor else None)
    for known in book.values():
        for run in [each for each in known.runs if each.row in wrong]:
            _withdraw(known, run, origin)
    return write_book(book, now)[1]


def _withdraw(known: Known, run: Run, origin: Origin) -> None:
    known.runs[:] = [each for each in known.runs if each is not run]
    if run.last_us > run.first_us:  # said since by somebody else
        known.runs.append(Run(run.last_us, run.last_us, run.text, run.value, run.origin, corrects=run.row))
        known.runs.sort(key=lambda each: each.order)
    else:
        known.withdrawals.append(withdrawal(run, origin))


def _known(given: Sequence[GivenAccount]) -> list[Account]:
    return list(Account.objects.filter(external_id__any_of=[each.external_id for each in given]))


def _past(given: Sequence[GivenAccount], known: Mapping[str, Account], now_us: int) -> Mapping[Place, Known]:
    """What is recorded where something of another time than now is said."""
    places = {
        (known[each.external_id].pk, field)
        for each in given
        if each.time_us < now_us and each.external_id in known
        for field in each.values
    }
    if not places:
        return {}
    with transaction.atomic():
        return read_book(places)


def _would_change(known: Known, time_us: int, value: Any) -> tuple[Any] | None:
    """The value before, when saying this one would be news; as runs.say and record_facts have it."""
    text = canonical(value)
    if known.was_withdrawn(time_us, text):
        return None
    before = [run for run in known.runs if run.order <= (time_us, text)]
    if before and before[-1].text == text:
        return None
    return (before[-1].value if before else None,)


def _insert(
    given: Sequence[GivenAccount],
    source: str,
    now: datetime,
    zone: ZoneInfo,
    actor: Member | None,
    *,
    only_in_files: bool,
) -> dict[str, int]:
    """New accounts of one row each, with their facts and values at once; {external id: id}."""
    rows, facts = [], []
    actor_id = actor.pk if actor else None
    for each in given:
        values = keepable({name: value for name, value in each.values.items() if value is not None})
        named = values.get("name")
        name = named[:300] if isinstance(named, str) else ""
        first_day = _day(each.time_us, zone) if values else None
        rows.append((each.external_id, name, values, first_day, only_in_files))
        facts.append((to_datetime(each.time_us), values))
    keys = insert_rows(Account, ("external_id", "name", "traits", "first_day", "only_in_files"), rows)
    insert_rows(
        Fact,
        ("account", "field", "value", "valid_from", "confirmed_at", "recorded_at", "source", "actor"),
        (
            (key, field, value, at, at, now, source[:100], actor_id)
            for key, (at, values) in zip(keys, facts, strict=True)
            for field, value in values.items()
        ),
    )
    names_changed(Account, keys, new=True)
    return {each.external_id: key for each, key in zip(given, keys, strict=True)}


def _day(time_us: int, zone: ZoneInfo) -> date:
    return to_datetime(time_us).astimezone(zone).date()
