"""Taking back what a verb wrote on profile cards. That is facts itself: what was known in between stays readable."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.fact_book import Known, Place, read_book
from tenure.accounts.fields.editing import common, editable, value_at, write_changes, written_by
from tenure.accounts.fields.reading import fields_by_key, may_edit
from tenure.accounts.fields.telling import WORDS, Change, told
from tenure.accounts.models import Fact, Field
from tenure.accounts.runs import Origin, Run, withdrawal
from tenure.accounts.values import canonical
from tenure.activity.models import Activity
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.lib.instants import to_us
from tenure.people.models import Member

UNDONE = verb("fields.undone", gettext_lazy("{by} took back: {changes}"), words=WORDS)


class AlreadyUndone(TenureError):
    """The change was taken back before."""


@dataclass(frozen=True)
class TakenBack:
    """What a verb took back: {account id: detail} to record with it, and the names of the fields.

    `back` are as they were before. `changed` were written since, `locked` are not the actor's to write: they stay.
    """

    details: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    back: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()


def undo(activity: Activity, actor: Member) -> Activity:
    """Takes back the facts an activity wrote, but for those that were changed again since; itself facts, and kept.

    Raises AlreadyUndone, and as editing.set_fields.
    """
    with transaction.atomic():
        facts = _facts_of(activity)
        if Activity.objects.filter(verb=UNDONE.name, subject_kind="activity", subject_id=activity.pk).exists():
            raise AlreadyUndone(_("This was undone already."))
        fields = editable({fact.field for fact in facts}, actor)
        book = read_book((fact.account_id, fact.field) for fact in facts)
        now = clock.now()
        before = {place: value_at(known.runs, to_us(now)) for place, known in book.items()}
        for fact in facts:
            _take_back(book[fact.account_id, fact.field], fact, written_by(actor))
        changes: dict[int, list[Change]] = {}
        for (account_id, key), known in book.items():
            after = value_at(known.runs, to_us(now))
            changes.setdefault(account_id, []).append(told(fields[key], before[account_id, key], after))
        details = write_changes(book, changes, now)
        subject = Subject("activity", activity.pk, "")
        return record(UNDONE, actor, subject=subject, accounts=details, detail=common(details))


def take_back(activity: Activity, actor: Member) -> TakenBack:
    """Takes back the facts an activity wrote, in the transaction of a verb that records it with an activity of its own.

    A field whose value of now was written since stays as it is, and so does one the actor may not write.
    """
    facts, now = _facts_of(activity), clock.now()
    fields = fields_by_key({fact.field for fact in facts})
    written: dict[Place, list[Fact]] = {}
    for fact in facts:
        written.setdefault((fact.account_id, fact.field), []).append(fact)
    book = read_book(written)
    locked = {place for place in book if place[1] not in fields or not may_edit(actor, fields[place[1]])}
    changed = {place for place in book.keys() - locked if _changed_since(book[place], written[place], to_us(now))}
    changes: dict[int, list[Change]] = {}
    for place in book.keys() - locked - changed:
        account_id, key = place
        before = value_at(book[place].runs, to_us(now))
        for fact in written[place]:
            _take_back(book[place], fact, written_by(actor))
        after = value_at(book[place].runs, to_us(now))
        said = [told(fields[key], before, after)] if canonical(before) != canonical(after) else []
        changes.setdefault(account_id, []).extend(said)
    details = write_changes(book, changes, now)
    back = [(account_id, change["key"]) for account_id, each in details.items() for change in each["changes"]]
    details = {account_id: detail for account_id, detail in details.items() if detail["facts"]}
    return TakenBack(details, *(_names(places, fields) for places in (back, changed, locked)))


def _names(places: Collection[Place], fields: Mapping[str, Field]) -> tuple[str, ...]:
    return tuple(sorted({str(fields.get(key, key)) for _account, key in places}))


def _facts_of(activity: Activity) -> list[Fact]:
    """The facts it wrote; nobody else takes them back until the transaction ends."""
    rows = activity.accounts.select_for_update().values_list("detail", flat=True)
    keys = [key for detail in rows for key in detail.get("facts", ())]
    return list(Fact.objects.filter(pk__any_of=keys).order_by("pk"))


def _changed_since(known: Known, written: list[Fact], now_us: int) -> bool:
    """Whether what is true now was recorded after the facts."""
    begun = [run for run in known.runs if run.first_us <= now_us]
    return bool(begun) and (begun[-1].row or 0) > max(fact.pk for fact in written)


def _take_back(known: Known, fact: Fact, origin: Origin) -> None:
    run = next((each for each in known.runs if each.row == fact.pk), None)
    if run is None and not fact.withdrawal:
        return
    known.runs[:] = [each for each in known.runs if each is not run]
    wrong = next((each for each in known.gone if each.row == fact.corrects_id), None)
    if wrong is not None:
        corrects = None if run is None else run.row
        known.runs.append(Run(wrong.first_us, wrong.last_us, wrong.text, wrong.value, origin, corrects=corrects))
        known.runs.sort(key=lambda each: each.order)
    elif run is not None:
        known.withdrawals.append(withdrawal(run, origin))
