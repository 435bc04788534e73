"""Tags with a rule, brought up to date: who meets the rule has the tag, whoever else has not.

Only what changes is written: a fact, true from now, and one activity for those a rule puts a tag on and one for those
it takes it off, with the rule's version, the day it looked at, and what each account had on it.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.accounts.as_of import values_at
from tenure.accounts.fact_book import read_book
from tenure.accounts.fields.editing import BY_RULE, value_at, write_changes
from tenure.accounts.fields.telling import Change, in_use, told
from tenure.accounts.leaving.staying import there
from tenure.accounts.models import Field
from tenure.accounts.runs import Origin, decide
from tenure.accounts.values import canonical
from tenure.activity.naming import said
from tenure.activity.recording import record
from tenure.activity.verbs import Verb, verb
from tenure.core.conditions.document import from_document
from tenure.core.document import BadDocument
from tenure.lib.instants import to_us
from tenure.segments.asking import Asking
from tenure.segments.matched import Languages, Values, as_json, in_words, matched
from tenure.segments.tags.tag import FIELD, Rule, Tag, tags_field, tags_of
from tenure.ui.numbers import number

log = structlog.get_logger()

_WORDS: Mapping[str, Callable[[Any], object]] = {"subject": said, "because": in_use, "count": number}
PUT_ON = verb(
    "tag.put_on_by_rule",
    gettext_lazy("The rule of the tag {subject} put it on: {because}"),
    words=_WORDS,
    of_many=gettext_lazy("The rule of the tag {subject} put it on {count} customers"),
    keeps=False,
)
TAKEN_OFF = verb(
    "tag.taken_off_by_rule",
    gettext_lazy("The rule of the tag {subject} took it off: {because}"),
    words=_WORDS,
    of_many=gettext_lazy("The rule of the tag {subject} took it off {count} customers"),
    keeps=False,
)


def follow_tags(asking: Asking, day: date, now: datetime, languages: Languages) -> int:
    """Asks every rule about the day; returns how many tags were put on and taken off."""
    field = tags_field()
    ruled = [tag for tag in tags_of(field).values() if tag.rule and not tag.archived]
    if field is None or not ruled:
        return 0
    held: dict[int, Any] = values_at(now, fields=[FIELD]).get(FIELD, {})
    changed = 0
    for tag in ruled:
        assert tag.rule is not None
        try:
            node = from_document(tag.rule.condition, asking.fields)
        except BadDocument as error:
            log.warning("a tag's rule cannot be used", tag=tag.value, problem=str(error))
            continue
        meant = asking.on(node, day)
        having = {account for account, value in held.items() if isinstance(value, list) and tag.value in value}
        for done, accounts in ((PUT_ON, meant - having), (TAKEN_OFF, having - meant)):
            if accounts:
                found = matched(node, accounts, day, now, asking)
                _write(done, field, tag, tag.rule, found, day, now, languages)
                changed += len(accounts)
    return changed


def _write(
    done: Verb,
    field: Field,
    tag: Tag,
    rule: Rule,
    found: Mapping[int, Values],
    day: date,
    now: datetime,
    languages: Languages,
) -> None:
    with transaction.atomic():
        staying = there(found)
        found = {account: values for account, values in found.items() if account in staying}
        if not found:
            return
        book = read_book((account, FIELD) for account in found)
        changes: dict[int, list[Change]] = {}
        for (account, _field), known in book.items():
            before = value_at(known.runs, to_us(now))
            after = _after(field, before if isinstance(before, list) else [], tag, on=done is PUT_ON)
            # As a person's: what another rule wrote at this very instant gives way to both together.
            known.withdrawals += decide(known.runs, to_us(now), canonical(after), after, Origin(BY_RULE))
            changes[account] = [told(field, before, after)]
        details = write_changes(book, changes, now)
        for account, values in found.items():
            details[account] |= {"values": as_json(values), "because": in_words(values, languages)}
        looked = {"version": rule.version, "day": day.isoformat(), "count": len(details)}
        detail = {"subject": tag.told, "tag": tag.value, **looked}
        record(done, None, subject=tag.subject, accounts=details, detail=detail)


def _after(field: Field, before: Collection[str], tag: Tag, *, on: bool) -> list[str] | None:
    wanted = [*before, tag.value] if on else [value for value in before if value != tag.value]
    known = [option["value"] for option in field.options]
    return [value for value in known if value in wanted] + [value for value in wanted if value not in known] or None
