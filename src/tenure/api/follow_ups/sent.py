"""Follow-ups as programs write them."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from tenure.api.asked import Body, Day, Id, Moment, Text, Word
from tenure.api.errors import Refusal
from tenure.api.follow_ups.shown import FEELINGS, Feeling
from tenure.people.models import Member
from tenure.work.content import MOST_MINUTES, MOST_PEOPLE, MOST_STEPS, MOST_TEXT, Content, Step
from tenure.work.models import FollowUp, FollowUpType, Sentiment

Ours = Annotated[list[Id], Field(max_length=MOST_PEOPLE, description="Members who took part; its author if none.")]
Theirs = Annotated[list[Id], Field(max_length=MOST_PEOPLE, description="Contacts who took part.")]
Names = Annotated[list[Word], Field(max_length=MOST_PEOPLE, description="Others of the customer who took part.")]


class StepSent(Body):
    """A promise; whoever writes it down keeps it where no owner is named."""

    what: Annotated[Text, Field(min_length=1, max_length=500)]
    due: Day
    owner_id: Id | None = None


class FollowUpChanged(Body):
    """What is left out stays as it is; `promises` are added to those there are."""

    type: Word = "call"
    at: Moment | None = None
    duration_minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] | None = None
    notes: Annotated[Text, Field(max_length=MOST_TEXT)] = ""
    outcome: Annotated[Text, Field(max_length=MOST_TEXT)] = ""
    sentiment: Feeling | None = None
    member_ids: Ours = []
    contact_ids: Theirs = []
    other_names: Names = []
    promises: Annotated[list[StepSent], Field(max_length=MOST_STEPS)] = []

    def content(self, before: FollowUp) -> Content:
        """What is sent, and otherwise what was before."""
        sent = self.given()
        people = {name: sent.get(name, value) for name, value in _people(before).items()}
        feeling = before.sentiment
        if "sentiment" in sent:
            feeling = FEELINGS[sent["sentiment"]] if sent["sentiment"] else None
        return Content(
            type=_type(sent["type"]) if "type" in sent else before.type,
            at=sent.get("at") or before.at,
            notes=sent.get("notes", before.notes),
            outcome=sent.get("outcome", before.outcome),
            duration_minutes=sent.get("duration_minutes", before.duration_minutes),
            sentiment=None if feeling is None else Sentiment(feeling),
            member_ids=tuple(people["member_ids"]),
            contact_ids=tuple(people["contact_ids"]),
            customer_names=tuple(people["other_names"]),
            next_steps=steps_of(self.promises),
        )


class FollowUpLogged(Body):
    """`fields` are values to write on the customer in the same step."""

    account_id: Id
    type: Annotated[Word, Field(description="The key of a type, like call: see the types of follow-ups.")]
    at: Annotated[Moment, Field(description="When it happened; not ahead.")]
    duration_minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] | None = None
    notes: Annotated[Text, Field(max_length=MOST_TEXT)] = ""
    outcome: Annotated[Text, Field(max_length=MOST_TEXT)] = ""
    sentiment: Feeling | None = None
    member_ids: Ours = []
    contact_ids: Theirs = []
    other_names: Names = []
    promises: Annotated[list[StepSent], Field(max_length=MOST_STEPS)] = []
    fields: Annotated[dict[Word, Any], Field(max_length=200)] = {}

    def content(self) -> Content:
        return Content(
            type=_type(self.type),
            at=self.at,
            notes=self.notes,
            outcome=self.outcome,
            duration_minutes=self.duration_minutes,
            sentiment=FEELINGS[self.sentiment] if self.sentiment else None,
            member_ids=tuple(self.member_ids),
            contact_ids=tuple(self.contact_ids),
            customer_names=tuple(self.other_names),
            next_steps=steps_of(self.promises),
        )


def steps_of(sent: list[StepSent]) -> tuple[Step, ...]:
    """The promises, when their owners are members. Raises Refusal."""
    owners = {step.owner_id for step in sent if step.owner_id is not None}
    known = set(Member.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True))
    if owners - known:
        raise Refusal(422, _("Only active members can keep a promise."), path="body.promises")
    return tuple(Step(step.what, step.due, step.owner_id) for step in sent)


def _type(key: str) -> FollowUpType:
    found = FollowUpType.objects.filter(key=key, archived_at=None).first()
    if found is None:
        raise Refusal(422, _("There is no type “%(key)s” of follow-ups.") % {"key": key}, path="body.type")
    return found


def _people(follow_up: FollowUp) -> dict[str, list[Any]]:
    people = list(follow_up.participants.order_by("pk"))
    return {
        "member_ids": [each.member_id for each in people if each.member_id],
        "contact_ids": [each.contact_id for each in people if each.contact_id],
        "other_names": [each.name for each in people if not each.ours and not each.contact_id],
    }
