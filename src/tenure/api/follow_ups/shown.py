"""Follow-ups and promises as programs read them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal

from django.db.models import QuerySet
from ninja import Schema

from tenure.work.models import FollowUp, NextStep, Sentiment

Feeling = Literal["bad", "neutral", "good"]
FEELINGS: Final[dict[Feeling, Sentiment]] = {"bad": Sentiment.BAD, "neutral": Sentiment.NEUTRAL, "good": Sentiment.GOOD}
_WORDS: Final[dict[Sentiment, Feeling]] = {value: word for word, value in FEELINGS.items()}


class PersonShown(Schema):
    """Somebody who took part: a member, a contact, or a person by name alone."""

    name: str
    member_id: int | None
    contact_id: int | None
    ours: bool


class PromiseShown(Schema):
    """What was promised: by whom, until when; `done_at` null while it is open."""

    id: int
    account_id: int
    follow_up_id: int
    what: str
    due: date
    owner_id: int | None
    done_at: datetime | None
    done_by: int | None


class FollowUpShown(Schema):
    """`at` is when it happened, `created_at` when it was written down. `type` is the key of a type."""

    id: int
    account_id: int
    type: str
    at: datetime
    duration_minutes: int | None
    notes: str
    outcome: str
    sentiment: Feeling | None
    people: list[PersonShown]
    promises: list[PromiseShown]
    created_by: int | None
    created_at: datetime
    edited_at: datetime | None


def show_follow_up(follow_up: FollowUp) -> FollowUpShown:
    """As it is stored, whatever was read of it before."""
    return show_follow_ups(with_parts(FollowUp.objects.filter(pk=follow_up.pk)))[0]


def with_parts(found: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With everything show_follow_ups looks at."""
    return found.select_related("type").prefetch_related("participants", "next_steps")


def show_follow_ups(found: Iterable[FollowUp]) -> list[FollowUpShown]:
    return [_show(each) for each in found]


def show_promise(step: NextStep) -> PromiseShown:
    return PromiseShown(
        id=step.pk,
        account_id=step.account_id,
        follow_up_id=step.follow_up_id,
        what=step.what,
        due=step.due,
        owner_id=step.owner_id,
        done_at=step.done_at,
        done_by=step.done_by_id,
    )


def _show(follow_up: FollowUp) -> FollowUpShown:
    people = sorted(follow_up.participants.all(), key=lambda each: (not each.ours, each.pk))
    return FollowUpShown(
        id=follow_up.pk,
        account_id=follow_up.account_id,
        type=follow_up.type.key,
        at=follow_up.at,
        duration_minutes=follow_up.duration_minutes,
        notes=follow_up.notes,
        outcome=follow_up.outcome,
        sentiment=None if follow_up.sentiment is None else _WORDS[Sentiment(follow_up.sentiment)],
        people=[
            PersonShown(name=each.name, member_id=each.member_id, contact_id=each.contact_id, ours=each.ours)
            for each in people
        ],
        promises=[show_promise(each) for each in sorted(follow_up.next_steps.all(), key=lambda each: each.pk)],
        created_by=follow_up.created_by_id,
        created_at=follow_up.created_at,
        edited_at=follow_up.edited_at,
    )
