"""What people write on profile cards: values as facts, and corrections of the past; undoing takes either back.

Each verb writes facts, the projection and one activity in one transaction. Nothing is overwritten: what was known
before can still be read as it was known then.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.fact_book import Known, Place, read_book, write_book
from tenure.accounts.fields.reading import fields_by_key, may_edit
from tenure.accounts.fields.telling import WORDS, Change, told
from tenure.accounts.fields.typed import BadValue, check
from tenure.accounts.models import Account, Fact, Field, FieldType
from tenure.accounts.runs import Origin, Run, decide, withdraw
from tenure.accounts.values import canonical
from tenure.activity.models import Activity
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.lib.instants import to_us
from tenure.people.models import Member

#: The source of facts that people write.
BY_HAND = "person"
#: The source of facts that a rule writes; the activity of its run tells of them.
BY_RULE = "rule"
SET = verb("fields.set", gettext_lazy("{by} set {changes}"), words=WORDS)
CORRECTED = verb("fact.corrected", gettext_lazy("{by} corrected {changes}, valid from {valid_from}"), words=WORDS)
WITHDRAWN = verb("fact.withdrawn", gettext_lazy("{by} withdrew {changes}, valid from {valid_from}"), words=WORDS)


class UnknownField(TenureError):
    """There is no such field, or it is archived."""


class FieldIsSynced(TenureError):
    """Another system owns the field: it is changed there."""


class MayNotEdit(TenureError):
    """The member's role is none of those that may write the field."""


class FactIsGone(TenureError):
    """The fact was corrected or withdrawn already."""


def set_fields(
    accounts: Collection[Account], values: Mapping[str, Any], actor: Member, *, valid_from: datetime | None = None
) -> Activity | None:
    """Writes values by key, as typed.read gave them, on one or many accounts; they hold from `valid_from`, else now.

    One activity, undone as a whole by undoing.undo; None when everything was so already. Raises UnknownField,
    FieldIsSynced, MayNotEdit, typed.BadValue; then nothing is written.
    """
    with transaction.atomic():
        details = write_fields(accounts, values, actor, valid_from=valid_from)
        if not details:
            return None
        text = "\n".join(
            sorted({each.text for detail in details.values() for each in map(Change.of, detail["changes"])})
        )
        return record(SET, actor, accounts=details, detail=common(details), text=text)


def write_fields(
    accounts: Collection[Account], values: Mapping[str, Any], actor: Member, *, valid_from: datetime | None = None
) -> dict[int, dict[str, Any]]:
    """As set_fields, for a verb with an activity of its own: {account id: detail} to record with it.

    undoing takes its facts back when the detail is kept as it is.
    """
    fields = editable(values, actor)
    checked = {key: check(fields[key], value) for key, value in values.items()}
    now = clock.now()
    time_us = to_us(valid_from or now)
    book = read_book((account.pk, key) for account in accounts for key in checked)
    changes: dict[int, list[Change]] = {}
    for (account_id, key), known in book.items():
        before = value_at(known.runs, time_us)
        value = chosen(fields[key], before, checked[key])
        if canonical(before) != canonical(value):
            known.withdrawals += decide(known.runs, time_us, canonical(value), value, written_by(actor))
            changes.setdefault(account_id, []).append(told(fields[key], before, value))
    return write_changes(book, changes, now)


def chosen(field: Field, before: Any, value: Any) -> Any:
    """The value a person gives in the place of `before`: what a rule wrote of several choices stays.

    Raises BadValue for an option that a rule alone writes, or that is archived, unless it was there before.
    """
    had = before if isinstance(before, list) else [before]
    offered = [*(option["value"] for option in field.offered), *had]
    for each in value if isinstance(value, list) else [value]:
        if (name := field.option_name(each)) is not None and each not in offered:
            raise BadValue(
                _("“%(option)s” cannot be chosen: its rule writes it, or it is archived.") % {"option": name}
            )
    if field.type != FieldType.CHOICES or not any(each in field.ruled for each in had):
        return value
    wanted = [*(value or ()), *(each for each in had if each in field.ruled)]
    return [option["value"] for option in field.options if option["value"] in wanted]


def correct_fact(fact: Fact, value: Any, actor: Member, *, valid_from: datetime | None = None) -> Activity:
    """Writes that in place of the fact another value, or another day, was true. Raises FactIsGone and as set_fields."""
    with transaction.atomic():
        field, place, known, run = _find(fact, actor)
        value = check(field, value)
        start = valid_from or fact.valid_from
        known.withdrawals += decide(known.runs, to_us(start), canonical(value), value, written_by(actor), run)
        details = write_changes({place: known}, {fact.account_id: [told(field, fact.value, value)]}, clock.now())
        return record(CORRECTED, actor, accounts=details, detail={"valid_from": _day(start)})


def withdraw_fact(fact: Fact, actor: Member) -> Activity:
    """Writes that the fact was wrong altogether: what was true before it went on. Raises as correct_fact."""
    with transaction.atomic():
        field, place, known, run = _find(fact, actor)
        known.withdrawals += withdraw(known.runs, run, written_by(actor))
        after = value_at(known.runs, to_us(fact.valid_from))
        details = write_changes({place: known}, {fact.account_id: [told(field, fact.value, after)]}, clock.now())
        return record(WITHDRAWN, actor, accounts=details, detail={"valid_from": _day(fact.valid_from)})


def _find(fact: Fact, actor: Member) -> tuple[Field, Place, Known, Run]:
    field = editable([fact.field], actor)[fact.field]
    place = (fact.account_id, fact.field)
    known = read_book([place])[place]
    run = next((run for run in known.runs if run.row == fact.pk), None)
    if run is None:
        raise FactIsGone(_("This value was corrected or withdrawn already. Load the page again."))
    return field, place, known, run


def editable(keys: Collection[str] | Mapping[str, Any], actor: Member) -> dict[str, Field]:
    """The fields by key. Raises UnknownField, FieldIsSynced or MayNotEdit for one the actor may not write."""
    fields = fields_by_key(list(keys))
    for key in keys:
        if key not in fields:
            raise UnknownField(_("There is no field “%(key)s”.") % {"key": key})
        field = fields[key]
        if field.synced_from:
            shown = {"field": field, "source": field.synced_from}
            raise FieldIsSynced(_("%(field)s comes from %(source)s: change it there.") % shown)
        if not may_edit(actor, field):
            raise MayNotEdit(_("Your role may not change %(field)s.") % {"field": field})
    return fields


def write_changes(
    book: Mapping[Place, Known], changes: Mapping[int, list[Change]], now: datetime
) -> dict[int, dict[str, Any]]:
    """Writes the facts; {account id: {"changes", "facts"}} of the accounts that have any."""
    facts, _changed = write_book(book, now)
    details: dict[int, dict[str, Any]] = {}
    for account_id, each in changes.items():
        details[account_id] = {"changes": [change.as_json() for change in each], "facts": []}
    for (account_id, _field), key in facts:
        details[account_id]["facts"].append(key)
    return details


def common(details: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """What the activity says without naming an account: the changes of the first, without what was before."""
    first = next(iter(details.values()))
    return {"changes": [{**change, "before": None} for change in first["changes"]], "count": len(details)}


def value_at(runs: Collection[Run], time_us: int) -> Any:
    """What is true at a time; `runs` are in order."""
    value = None
    for run in runs:
        if run.first_us <= time_us:
            value = run.value
    return value


def _day(time: datetime) -> str:
    return timezone.localtime(time).date().isoformat()


def written_by(actor: Member) -> Origin:
    """Where facts come from that a person writes."""
    return Origin(BY_HAND, actor.pk)
