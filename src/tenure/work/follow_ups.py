"""Logging, editing, removing and restoring follow-ups."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tenure.accounts.fields.editing import write_fields
from tenure.accounts.fields.undoing import TakenBack, take_back
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account, Contact
from tenure.activity.models import Activity
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb
from tenure.lib import clock
from tenure.people.models import Member
from tenure.work.attachments import Upload, attach
from tenure.work.content import Content
from tenure.work.mentions import mentioned, names_of_members
from tenure.work.models import Attachment, EarlierText, FollowUp, Mention, NextStep, Participant
from tenure.work.touches import touched
from tenure.work.verbs import EDITED, FILE_REMOVED, LOGGED, REMOVED, RESTORED

TEXTS = ("type", "at", "duration_minutes", "notes", "outcome", "sentiment")  # what an edit can change


def log_follow_up(
    account: Account,
    content: Content,
    *,
    actor: Member,
    files: Sequence[Upload] = (),
    fields: Mapping[str, Any] | None = None,
) -> FollowUp:
    """Writes a follow-up down with its people, promises and files, and records it at the time it happened.

    `fields` are values to set on the account in the same step, as fields.typed.read gave them; they hold from now.
    Raises BadFollowUp, BadFile and what fields.editing.write_fields does; then nothing is written.
    """
    now = clock.now()
    content.check(now)
    with transaction.atomic():
        follow_up = FollowUp.objects.create(account=account, created_by=actor, created_at=now, **_values(content))
        _write_people(follow_up, content, actor)
        _promise(follow_up, content, actor, now)
        attach(files, follow_up, actor=actor, now=now)
        changes = write_fields([account], fields, actor) if fields else {}
        _record_logged(follow_up, actor, changes)
        touched([follow_up.at])
    return follow_up


def edit_follow_up(follow_up: FollowUp, content: Content, *, actor: Member, files: Sequence[Upload] = ()) -> FollowUp:
    """Changes what it says, and keeps how it read before. Next steps and files are added to those it has.

    Raises BadFollowUp, BadFile.
    """
    now = clock.now()
    content.check(now)
    with transaction.atomic():
        before, at = _told(follow_up), follow_up.at
        for name, value in _values(content).items():
            setattr(follow_up, name, value)
        _write_people(follow_up, content, actor)
        after = _told(follow_up)
        changed = {name: text for name, text in before.items() if text != after[name]}
        if changed:
            EarlierText.objects.create(follow_up=follow_up, fields=changed, until=now, edited_by=actor)
            follow_up.edited_by, follow_up.edited_at = actor, now
        follow_up.save()
        _promise(follow_up, content, actor, now)
        attach(files, follow_up, actor=actor, now=now)
        detail = {"changed": sorted(changed), "files": [each.name for each in files]}
        record(
            EDITED,
            actor,
            subject=subject(follow_up),
            accounts=[follow_up.account_id],
            detail=detail,
            text=_text(follow_up),
        )
        touched([at, follow_up.at])
    return follow_up


def add_files(follow_up: FollowUp, files: Sequence[Upload], *, actor: Member) -> list[Attachment]:
    """Attaches files to a follow-up that is there. Raises BadFile."""
    with transaction.atomic():
        made = attach(files, follow_up, actor=actor, now=clock.now())
        record(
            EDITED,
            actor,
            subject=subject(follow_up),
            accounts=[follow_up.account_id],
            detail={"changed": [], "files": [each.name for each in made]},
            text=_text(follow_up),
        )
    return made


def remove_file(file: Attachment, *, actor: Member) -> None:
    """Takes a file off its follow-up for good; its content goes once no follow-up has it (work.forgetting)."""
    with transaction.atomic():
        follow_up, detail = file.follow_up, {"file": file.name}
        record(FILE_REMOVED, actor, subject=subject(follow_up), accounts=[follow_up.account_id], detail=detail)
        file.delete()


def remove_follow_up(follow_up: FollowUp, *, actor: Member) -> TakenBack:
    """Takes it out of every page, with its promises and the fields it set; restore_follow_up takes that back."""
    with transaction.atomic():
        follow_up.removed_by, follow_up.removed_at = actor, clock.now()
        follow_up.save(update_fields=["removed_by", "removed_at"])
        return _record_taking_back(REMOVED, follow_up, actor, of=(LOGGED, RESTORED))


def restore_follow_up(follow_up: FollowUp, *, actor: Member) -> TakenBack:
    """Puts a removed follow-up back, and sets the fields again that went with it."""
    with transaction.atomic():
        follow_up.removed_by = follow_up.removed_at = None
        follow_up.save(update_fields=["removed_by", "removed_at"])
        return _record_taking_back(RESTORED, follow_up, actor, of=(REMOVED,))


def subject(follow_up: FollowUp) -> Subject:
    """As activities name it."""
    return Subject("follow_up", follow_up.pk, str(follow_up.type))


def _values(content: Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in TEXTS}


def _write_people(follow_up: FollowUp, content: Content, actor: Member) -> None:
    """Who took part and who is named. Somebody who logs what they did took part, unless they say who else did.

    Whoever took part before is called as they were then, and as nobody once they were erased. Those of ours who are
    known by name alone, as files may name them, are nobody's to choose: they stay.
    """
    before = list(Participant.objects.filter(follow_up=follow_up))
    called = {(each.member_id, each.contact_id): each.name for each in before}
    by_name = [each for each in before if each.ours and each.member_id is None]
    known = names_of_members(Member.objects.filter(pk__in=content.member_ids)) if content.member_ids else {}
    ours = known or ({} if by_name else {actor.pk: str(actor)})
    Participant.objects.filter(pk__in=[each.pk for each in before if each not in by_name]).delete()
    people = [
        Participant(follow_up=follow_up, member_id=pk, ours=True, name=called.get((pk, None), name)[:200])
        for pk, name in ours.items()
    ]
    of_customer = Contact.objects.filter(account__in=members_of(follow_up.account_id))
    contacts = of_customer.filter(pk__in=content.contact_ids) if content.contact_ids else ()
    theirs = dict.fromkeys(name.strip()[:200] for name in content.customer_names if name.strip())
    people += [
        Participant(follow_up=follow_up, contact=each, ours=False, name=called.get((None, each.pk), str(each))[:200])
        for each in contacts
    ]
    people += [Participant(follow_up=follow_up, ours=False, name=name) for name in theirs]
    Participant.objects.bulk_create(people)
    Mention.objects.filter(follow_up=follow_up).delete()
    named = mentioned(content.notes, names_of_members()) if "@" in content.notes else []
    Mention.objects.bulk_create([Mention(follow_up=follow_up, member_id=pk) for pk in named])


def _promise(follow_up: FollowUp, content: Content, actor: Member, now: datetime) -> None:
    NextStep.objects.bulk_create(
        NextStep(
            account_id=follow_up.account_id,
            follow_up=follow_up,
            what=step.what,
            due=step.due,
            owner_id=step.owner_id or actor.pk,
            created_at=now,
        )
        for step in content.next_steps
    )


def _record_logged(follow_up: FollowUp, actor: Member, changes: Mapping[int, Mapping[str, Any]]) -> None:
    record(
        LOGGED,
        actor,
        subject=subject(follow_up),
        accounts=changes or [follow_up.account_id],
        at=follow_up.at,
        text=_text(follow_up),
    )


def _record_taking_back(done: Verb, follow_up: FollowUp, actor: Member, *, of: Collection[Verb]) -> TakenBack:
    """Takes back what the follow-up's latest activity of the verbs `of` wrote on cards, and records both as one."""
    verbs = [each.name for each in of]
    earlier = Activity.objects.filter(verb__in=verbs, subject_kind="follow_up", subject_id=follow_up.pk).order_by("pk")
    activity = earlier.last()
    taken = take_back(activity, actor) if activity else TakenBack()
    record(done, actor, subject=subject(follow_up), accounts={follow_up.account_id: {}, **taken.details})
    touched([follow_up.at])
    return taken


def _text(follow_up: FollowUp) -> str:
    return "\n".join(text for text in (follow_up.notes, follow_up.outcome) if text)


def _told(follow_up: FollowUp) -> dict[str, Any]:
    """What it says, as plain values that can be kept and shown again."""
    people = follow_up.participants.order_by("-ours", "pk").values_list("name", flat=True)
    return {
        "type": str(follow_up.type),
        "at": follow_up.at.isoformat(),
        "duration_minutes": follow_up.duration_minutes,
        "notes": follow_up.notes,
        "outcome": follow_up.outcome,
        "sentiment": follow_up.sentiment,
        "people": ", ".join(people),
    }
