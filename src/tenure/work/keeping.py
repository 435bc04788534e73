"""Many follow-ups of the past at once, as an import or the demo brings them: each with its own activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tenure.activity.models import AccountActivity, Activity
from tenure.lib.bulk import insert_rows
from tenure.people.models import Member
from tenure.work.models import FollowUp, FollowUpType, NextStep, Participant, Sentiment
from tenure.work.verbs import KEPT, LOGGED


@dataclass(frozen=True)
class PastStep:
    """What was promised; `done_at` is when whoever promised it kept it."""

    what: str
    due: date
    done_at: datetime | None = None


@dataclass(frozen=True)
class Past:
    """A follow-up and who wrote it down, right when it happened. `contacts` are (id, name) of who took part there."""

    account_id: int
    type: FollowUpType
    at: datetime
    actor: Member
    notes: str
    outcome: str = ""
    duration_minutes: int | None = None
    sentiment: Sentiment | None = None
    contacts: tuple[tuple[int, str], ...] = ()
    steps: tuple[PastStep, ...] = ()


def keep_follow_ups(rows: Sequence[Past]) -> None:
    """Writes them down in one transaction, and for each the activities its verbs would have left."""
    with transaction.atomic():
        texts = ("account", "type", "at", "notes", "outcome", "duration_minutes", "sentiment")
        keys = insert_rows(
            FollowUp,
            (*texts, "created_by", "created_at"),
            [
                (r.account_id, r.type.pk, r.at, r.notes, r.outcome, r.duration_minutes, r.sentiment, r.actor.pk, r.at)
                for r in rows
            ],
        )
        known = list(zip(keys, rows, strict=True))
        ours: list[tuple[object, ...]] = [(pk, r.actor.pk, None, True, str(r.actor)[:200]) for pk, r in known]
        theirs: list[tuple[object, ...]] = [
            (pk, None, contact, False, name[:200]) for pk, r in known for contact, name in r.contacts
        ]
        insert_rows(Participant, ("follow_up", "member", "contact", "ours", "name"), ours + theirs)
        steps = [(pk, r, step) for pk, r in known for step in r.steps]
        step_keys = insert_rows(
            NextStep,
            ("account", "follow_up", "what", "due", "owner", "created_at", "done_at", "done_by"),
            [
                (r.account_id, pk, s.what, s.due, r.actor.pk, r.at, s.done_at, r.actor.pk if s.done_at else None)
                for pk, r, s in steps
            ],
        )
        done = [
            (KEPT.name, s.done_at, r.actor, "next_step", key, s.what, "", r.account_id)
            for key, (_pk, r, s) in zip(step_keys, steps, strict=True)
            if s.done_at
        ]
        logged = [
            (LOGGED.name, r.at, r.actor, "follow_up", pk, str(r.type), f"{r.notes}\n{r.outcome}".strip(), r.account_id)
            for pk, r in known
        ]
        told = logged + done
        fields = ("verb", "at", "recorded_at", "actor", "by", "subject_kind", "subject_id", "subject_name", "text")
        activities = insert_rows(
            Activity,
            fields,
            [
                (verb, at, at, actor.pk, str(actor)[:200], kind, pk, name[:300], text)
                for verb, at, actor, kind, pk, name, text, _account in told
            ],
        )
        concerned = [(key, each[7], each[1]) for key, each in zip(activities, told, strict=True)]
        insert_rows(AccountActivity, ("activity", "account", "at"), concerned)
