"""What somebody typed into the follow-up form, whatever state it is in."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from tenure.lib.whole import whole, wholes
from tenure.work.content import BadFollowUp, Content, Step
from tenure.work.models import FollowUp, FollowUpType, Participant, Sentiment

#: What a chosen person's value begins with: a member's id, a contact's id, or a name of the customer's side.
MEMBER, CONTACT, PERSON = "m", "c", "n"
_AT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class StepDraft:
    what: str = ""
    due: str = ""
    owner: str = ""


@dataclass(frozen=True)
class FieldDraft:
    """A profile field to set in the same step, by its id; `texts` is None until there was an input to type into."""

    id: str
    texts: tuple[str, ...] | None = None

    @staticmethod
    def input_name(field_id: str | int) -> str:
        """What its input is called in the form."""
        return f"value-{field_id}"


@dataclass(frozen=True)
class Draft:
    """Every field as text, in the form's own names; `people` as MEMBER, CONTACT or PERSON and their id or name."""

    account: str = ""
    type: str = ""
    at: str = ""
    duration: str = ""
    people: tuple[str, ...] = ()
    notes: str = ""
    outcome: str = ""
    sentiment: str = ""
    steps: tuple[StepDraft, ...] = field(default=())
    fields: tuple[FieldDraft, ...] = field(default=())

    @classmethod
    def read(cls, values: QueryDict) -> "Draft":
        """The form as it was sent."""
        rows = zip(values.getlist("step_what"), values.getlist("step_due"), values.getlist("step_owner"), strict=False)
        return cls(
            account=_clean(values.get("account", "")),
            type=_clean(values.get("type", "")),
            at=_clean(values.get("at", "")),
            duration=_clean(values.get("duration", "")),
            people=tuple(dict.fromkeys(_clean(each) for each in values.getlist("people"))),
            notes=_clean(values.get("notes", "")),
            outcome=_clean(values.get("outcome", "")),
            sentiment=_clean(values.get("sentiment", "")),
            steps=tuple(StepDraft(*map(_clean, row)) for row in rows),
            fields=tuple(
                _field(values, each) for each in dict.fromkeys(values.getlist("field")) if whole(each) is not None
            ),
        )

    @classmethod
    def of(cls, follow_up: FollowUp, zone: ZoneInfo) -> "Draft":
        """A follow-up as it reads now, to be edited."""
        people = follow_up.participants.exclude(ours=True, member=None).order_by("-ours", "pk")
        return cls(
            account=str(follow_up.account_id),
            type=str(follow_up.type_id),
            at=follow_up.at.astimezone(zone).strftime(_AT),
            duration=str(follow_up.duration_minutes or ""),
            people=tuple(_value(each) for each in people),
            notes=follow_up.notes,
            outcome=follow_up.outcome,
            sentiment="" if follow_up.sentiment is None else str(follow_up.sentiment),
        )

    def with_defaults(self, type_id: int, now: datetime, member_id: int) -> "Draft":
        """A new form's: just now, by oneself, of the usual type."""
        return replace(
            self,
            type=self.type or str(type_id),
            at=self.at or now.strftime(_AT),
            people=self.people or (f"{MEMBER}{member_id}",),
        )

    def with_field(self, field_id: str) -> "Draft":
        """With one more profile field to set, unless it is there."""
        there = whole(field_id) is None or any(each.id == field_id for each in self.fields)
        return self if there else replace(self, fields=(*self.fields, FieldDraft(field_id)))

    @property
    def member_ids(self) -> list[int]:
        return wholes(each[1:] for each in self.people if each[:1] == MEMBER)

    @property
    def contact_ids(self) -> list[int]:
        return wholes(each[1:] for each in self.people if each[:1] == CONTACT)

    @property
    def names(self) -> list[str]:
        return [each[1:] for each in self.people if each[:1] == PERSON and each[1:]]

    def content(self, types: Mapping[str, FollowUpType], zone: ZoneInfo) -> Content:
        """What the form says; raises BadFollowUp with what cannot be read. `types` by id as text."""
        problems: dict[str, str] = {}
        if self.type not in types:
            problems["type"] = _("Choose a type.")
        at = _moment(self.at, zone)
        if at is None:
            problems["at"] = _("Write a day and a time.")
        minutes = whole(unicodedata.normalize("NFKC", self.duration))  # typed with full-width digits, too
        if self.duration and minutes is None:
            problems["duration"] = _("Write the minutes as a number.")
        steps = [_step(each) for each in self.steps if each.what or each.due]
        if None in steps:
            problems["next"] = _("A next step needs words and a day.")
        if problems or at is None:
            raise BadFollowUp(problems)
        return Content(
            type=types[self.type],
            at=at,
            notes=self.notes,
            outcome=self.outcome,
            duration_minutes=minutes,
            sentiment=Sentiment(int(self.sentiment)) if self.sentiment in ("-1", "0", "1") else None,
            member_ids=tuple(self.member_ids),
            contact_ids=tuple(self.contact_ids),
            customer_names=tuple(self.names),
            next_steps=tuple(step for step in steps if step),
        )


def _field(values: QueryDict, key: str) -> FieldDraft:
    name = FieldDraft.input_name(key)
    return FieldDraft(key, tuple(map(_clean, values.getlist(name))) if name in values else None)


def _value(person: Participant) -> str:
    if person.member_id:
        return f"{MEMBER}{person.member_id}"
    return f"{CONTACT}{person.contact_id}" if person.contact_id else f"{PERSON}{person.name}"


def _step(draft: StepDraft) -> Step | None:
    try:
        due = date.fromisoformat(draft.due)
    except ValueError:
        return None
    return Step(draft.what, due, whole(draft.owner)) if draft.what else None


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    except ValueError:
        return None


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()
