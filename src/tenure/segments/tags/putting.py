"""Putting tags on customers and taking them off, by hand."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.fact_book import read_book
from tenure.accounts.fields.editing import editable, value_at, write_changes, written_by
from tenure.accounts.fields.telling import Change, told
from tenure.accounts.models import Account, Field
from tenure.accounts.runs import decide
from tenure.accounts.values import canonical
from tenure.activity.models import Activity
from tenure.activity.naming import said
from tenure.activity.recording import record
from tenure.activity.verbs import Verb, verb
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.people.models import Member
from tenure.segments.tags.managing import BadTag
from tenure.segments.tags.tag import FIELD, tags_of

PUT_ON = verb("tags.put_on", gettext_lazy("{by} put on the tag {tags}"), words={"tags": said})
TAKEN_OFF = verb("tags.taken_off", gettext_lazy("{by} took off the tag {tags}"), words={"tags": said})


def put_on(accounts: Collection[Account], values: Sequence[str], *, actor: Member) -> Activity | None:
    """Puts tags on accounts; None when all of them have them. Raises BadTag, and as fields.editing.set_fields."""
    return _change({account.pk: values for account in accounts}, PUT_ON, actor)


def take_off(accounts: Collection[Account], values: Sequence[str], *, actor: Member) -> Activity | None:
    """Takes tags off accounts; None when none of them has any. Raises as put_on."""
    return _change({account.pk: values for account in accounts}, TAKEN_OFF, actor)


def taggings_by(member: Member) -> QuerySet[Activity]:
    """What the member put on and took off: each can be taken back."""
    return Activity.objects.filter(verb__in=(PUT_ON.name, TAKEN_OFF.name), actor=member)


def take_back(activity: Activity, *, actor: Member) -> Activity | None:
    """Does the opposite of one of these, where it changed something; None when it is so already. Raises as put_on."""
    changed = dict(activity.accounts.values_list("account_id", "detail"))
    opposite = TAKEN_OFF if activity.verb == PUT_ON.name else PUT_ON
    return _change({account_id: detail["values"] for account_id, detail in changed.items()}, opposite, actor)


def _change(wanted: dict[int, Sequence[str]], done: Verb, actor: Member) -> Activity | None:
    with transaction.atomic():
        field = editable([FIELD], actor)[FIELD]
        values = list(dict.fromkeys(value for some in wanted.values() for value in some))
        tags = tags_of(field)
        for value in values:
            if value not in tags:
                raise BadTag(_("There is no such tag any more."))
            if not tags[value].by_hand:
                shown = {"tag": tags[value]}
                raise BadTag(
                    _("“%(tag)s” cannot be put on or taken off by hand: it has a rule, or is archived.") % shown
                )
        now_us = to_us(clock.now())
        book = read_book((account_id, FIELD) for account_id in wanted)
        changes: dict[int, list[Change]] = {}
        moved: dict[int, list[str]] = {}
        for (account_id, _field), known in book.items():
            before = value_at(known.runs, now_us)
            after = _after(field, before, wanted[account_id], on=done is PUT_ON)
            if canonical(before) != canonical(after):
                known.withdrawals += decide(known.runs, now_us, canonical(after), after, written_by(actor))
                changes[account_id] = [told(field, before, after)]
                moved[account_id] = [
                    each for each in wanted[account_id] if (each in (before or ())) != (each in (after or ()))
                ]
        if not changes:
            return None
        details = write_changes(book, changes, clock.now())
        for account_id, some in moved.items():
            details[account_id]["values"] = some
        names = [each for value in values for each in tags[value].told]
        return record(done, actor, accounts=details, detail={"tags": names, "count": len(details)})


def _after(field: Field, before: Any, values: Sequence[str], *, on: bool) -> list[str] | None:
    """In the order of the options; what is no option any more stays at the end."""
    held = [str(each) for each in before] if isinstance(before, list) else []
    left = [*held, *(value for value in values if value not in held)] if on else [v for v in held if v not in values]
    order = {option["value"]: place for place, option in enumerate(field.options)}
    return sorted(left, key=lambda value: order.get(value, len(order))) or None
