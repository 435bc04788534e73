"""Many records at once, as files bring them: written down, changed, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import DateField, DateTimeField
from django.utils.translation import gettext_lazy as _

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.bulk import insert_rows, set_values
from tenure.people.models import Member
from tenure.records.models import Record

IMPORTED = verb(
    "record.imported",
    _("{by} imported records of another system: {added} new, {changed} changed"),
    on_timeline=False,
    keeps=False,
)
TAKEN_BACK = verb(
    "record.taken_back",
    _("{by} took back records of an import: {removed} removed, {changed} as before"),
    on_timeline=False,
    keeps=False,
)

#: A record's key, what it said before (None: it was not there) and then, as JSON; None where that is kept no longer.
Told = tuple[int, dict[str, Any] | None, dict[str, Any] | None]


@dataclass(frozen=True)
class Said:
    """What a file says of a record: `values` by the model's SAYS. `row` is the record it changes; None: a new one."""

    account_id: int
    key: str
    values: Mapping[str, Any]
    more: Mapping[str, Any]
    row: int | None = None


def keep_records(model: type[Record], given: Sequence[Said], actor: Member | None, source: str) -> list[Told]:
    """Writes new records and changes known ones, in one transaction and with one activity.

    Returns what became of them: the new ones first, in the order given. What a row leaves out of a known one stays.
    """
    with transaction.atomic():
        new = [each for each in given if each.row is None]
        changes = {each.row: each for each in given if each.row is not None}
        now = clock.now()
        keys = insert_rows(
            model,
            ("account", "key", "more", "source", "recorded_at", *model.SAYS),
            [(each.account_id, each.key, dict(each.more), source[:100], now, *_values(model, each)) for each in new],
        )
        told: list[Told] = [(row.pk, None, as_json(row)) for row in _rows(model, keys)]
        found = []
        for row in _rows(model, changes):
            before = as_json(row)
            for name, value in changes[row.pk].values.items():
                setattr(row, name, value)
            row.more = {**row.more, **changes[row.pk].more}
            found.append(row)
            told.append((row.pk, before, as_json(row)))
        _save(model, found)
        accounts = {each.account_id for each in given}
        record(IMPORTED, actor, by=source, accounts=accounts, detail={"added": len(new), "changed": len(found)})
    return told


def take_back_records(model: type[Record], told: Sequence[Told], actor: Member | None) -> tuple[list[int], int]:
    """Removes records that were added and sets back what was changed, but for those changed again since.

    Returns the keys of those removed and how many were set back; in one transaction and with one activity.
    """
    with transaction.atomic():
        theirs = {key: (before, after) for key, before, after in told}
        removed, back, accounts = [], [], set()
        for row in _rows(model, theirs):
            before, after = theirs[row.pk]
            if after is not None and as_json(row) != after:
                continue
            accounts.add(row.account_id)
            if before is None:
                removed.append(row.pk)
            else:
                _set_back(row, before)
                back.append(row)
        _save(model, back)
        model._default_manager.filter(pk__any_of=removed).delete()
        if accounts:
            record(TAKEN_BACK, actor, accounts=accounts, detail={"removed": len(removed), "changed": len(back)})
    return removed, len(back)


def _values(model: type[Record], said: Said) -> list[Any]:
    """In the order of SAYS, with the defaults of what is not said."""
    blank = model()
    return [said.values.get(name, getattr(blank, name)) for name in model.SAYS]


def as_json(row: Record) -> dict[str, Any]:
    """What the record says."""
    return {name: _plain(getattr(row, name)) for name in (*row.SAYS, "more")}


def _set_back(row: Record, before: Mapping[str, Any]) -> None:
    for name, value in before.items():
        field = row._meta.get_field(name)
        if value is not None and isinstance(field, DateField):
            value = datetime.fromisoformat(value) if isinstance(field, DateTimeField) else date.fromisoformat(value)
        setattr(row, name, value)


def _rows(model: type[Record], keys: Any) -> list[Record]:
    return list(model._default_manager.filter(pk__any_of=keys).order_by("pk"))


def _save(model: type[Record], rows: Sequence[Record]) -> None:
    names = (*model.SAYS, "more")
    set_values(model, names, [(row.pk, *(getattr(row, name) for name in names)) for row in rows])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
