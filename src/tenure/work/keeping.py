"""Many follow-ups of the past at once, as an import or the demo brings them: each with its own activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tenure.activity.models import AccountActivity, Activity
from tenure.activity.recording import record
from tenure.lib import clock
from tenure.lib.bulk import insert_rows, set_values
from tenure.people.models import Member
from tenure.work.models import FollowUp, FollowUpType, NextStep, Participant, Sentiment
from tenure.work.touches import touched
from tenure.work.verbs import KEPT, LOGGED, TAKEN_BACK


@dataclass(frozen=True)
class PastStep:
    """What was promised; `done_at` is when whoever promised it kept it."""

    what: str
    due: date
    done_at: datetime | None = None


@dataclass(frozen=True)
class Past:
    """A follow-up and who wrote it down, right when it happened. `contacts` are (id, name) of who took part there.

    `by` is the name of an author who is no member; then `actor` is None.
    """

    account_id: int
    type: FollowUpType
    at: datetime
    actor: Member | None
    notes: str
    outcome: str = ""
    duration_minutes: int | None = None
    sentiment: Sentiment | None = None
    contacts: tuple[tuple[int, str], ...] = ()
    steps: tuple[PastStep, ...] = ()
    by: str = ""

    @property
    def actor_id(self) -> int | None:
        return self.actor.pk if self.actor else None

    @property
    def author(self) -> str:
        return str(self.actor or self.by)[:200]


def keep_follow_ups(rows: Sequence[Past]) -> list[int]:
    """Writes them down in one transaction, and for each the activities its verbs would have left; returns their ids."""
    with transaction.atomic():
        texts = ("account", "type", "at", "notes", "outcome", "duration_minutes", "sentiment")
        keys = insert_rows(
            FollowUp,
            (*texts, "created_by", "created_at"),
            [
                (r.account_id, r.type.pk, r.at, r.notes, r.outcome, r.duration_minutes, r.sentiment, r.actor_id, r.at)
                for r in rows
            ],
        )
        known = list(zip(keys, rows, strict=True))
        ours: list[tuple[object, ...]] = [(pk, r.actor_id, None, True, r.author) for pk, r in known if r.author]
        theirs: list[tuple[object, ...]] = [
            (pk, None, contact, False, name[:200]) for pk, r in known for contact, name in r.contacts
        ]
        insert_rows(Participant, ("follow_up", "member", "contact", "ours", "name"), ours + theirs)
        steps = [(pk, r, step) for pk, r in known for step in r.steps]
        step_keys = insert_rows(
            NextStep,
            ("account", "follow_up", "what", "due", "owner", "created_at", "done_at", "done_by"),
            [
                (r.account_id, pk, s.what, s.due, r.actor_id, r.at, s.done_at, r.actor_id if s.done_at else None)
                for pk, r, s in steps
            ],
        )
        done = [
            (KEPT.name, s.done_at, r, "next_step", key, s.what, "", r.account_id)
            for key, (_pk, r, s) in zip(step_keys, steps, strict=True)
            if s.done_at
        ]
        logged = [
            (LOGGED.name, r.at, r, "follow_up", pk, str(r.type), f"{r.notes}\n{r.outcome}".strip(), r.account_id)
            for pk, r in known
        ]
        told = logged + done
        fields = ("verb", "at", "recorded_at", "actor", "by", "subject_kind", "subject_id", "subject_name", "text")
        activities = insert_rows(
            Activity,
            fields,
            [
                (verb, at, at, r.actor_id, r.author, kind, pk, name[:300], text)
                for verb, at, r, kind, pk, name, text, _account in told
            ],
        )
        concerned = [(key, each[7], each[1]) for key, each in zip(activities, told, strict=True)]
        insert_rows(AccountActivity, ("activity", "account", "at"), concerned)
        touched([row.at for row in rows])
    return keys


@dataclass(frozen=True)
class Change:
    """A follow-up that is to say something else."""

    follow_up_id: int
    past: Past


_SAYS = ("type_id", "at", "notes", "outcome", "duration_minutes", "sentiment")


def change_follow_ups(changes: Sequence[Change]) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Writes what they say from now on, within the caller's transaction; returns (id, as it was, as it is)."""
    wanted = {change.follow_up_id: change.past for change in changes}
    found, rows, moments = [], [], list[datetime]()
    for follow_up in FollowUp.objects.filter(pk__any_of=wanted):
        past, before = wanted[follow_up.pk], _plain(follow_up)
        follow_up.type_id, follow_up.at, follow_up.notes = past.type.pk, past.at, past.notes
        follow_up.outcome, follow_up.duration_minutes = past.outcome, past.duration_minutes
        follow_up.sentiment = past.sentiment
        rows.append(follow_up)
        moments += [datetime.fromisoformat(before["at"]), follow_up.at]
        found.append((follow_up.pk, before, _plain(follow_up)))
    _save(rows)
    touched(moments)
    return found


#: A follow-up's key, how it was (None: not there), and how it was left; None where that is no longer kept.
Told = tuple[int, dict[str, Any] | None, dict[str, Any] | None]


def take_back_follow_ups(told: Sequence[Told], actor: Member | None) -> tuple[list[int], int]:
    """Removes follow-ups that were added and sets back what was changed, but for those changed again since.

    Returns the keys of those removed and how many were set back; in one transaction and with one activity.
    """
    with transaction.atomic():
        theirs = {key: (before, after) for key, before, after in told if before is not None}
        back, moments = [], list[datetime]()
        for follow_up in FollowUp.objects.filter(pk__any_of=theirs, removed_at=None):
            before, after = theirs[follow_up.pk]
            if _plain(follow_up) == after:
                moments += [follow_up.at, datetime.fromisoformat(before["at"])]
                for name in _SAYS:
                    setattr(follow_up, name, datetime.fromisoformat(before[name]) if name == "at" else before[name])
                back.append(follow_up)
        _save(back)
        new = [key for key, before, _after in told if before is None]
        added = FollowUp.objects.filter(pk__any_of=new, removed_at=None, edited_at=None)
        removed = dict(added.values_list("pk", "account_id"))
        touched([*added.values_list("at", flat=True), *moments])
        accounts = {*removed.values(), *(each.account_id for each in back)}
        added.update(removed_by=actor, removed_at=clock.now())
        if accounts:
            record(TAKEN_BACK, actor, accounts=accounts, detail={"removed": len(removed), "changed": len(back)})
    return list(removed), len(back)


def _plain(follow_up: FollowUp) -> dict[str, Any]:
    values = {name: getattr(follow_up, name) for name in _SAYS}
    return {**values, "at": follow_up.at.isoformat()}


def _save(follow_ups: Sequence[FollowUp]) -> None:
    values = [(each.pk, each.type_id, *(getattr(each, name) for name in _SAYS[1:])) for each in follow_ups]
    set_values(FollowUp, ["type", *_SAYS[1:]], values)
