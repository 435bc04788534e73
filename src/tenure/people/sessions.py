"""Where members are signed in, and when that ends: after hours without use, after hours in all, or by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.people.models import Member, MemberSession

ENDED = verb("session.ended", gettext_lazy("{by} ended a session of {subject}, at {address}"), False)
OTHERS_ENDED = verb("session.others_ended", gettext_lazy("{by} ended all their other sessions ({count})"), False)

#: How exactly it is known when a session was last used; saves a write for each page.
_EXACTNESS = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """Who comes with a request: Django's session key, the network address, what the browser calls itself."""

    session_key: str
    address: str
    browser: str


def begin(member: Member, visit: Visit, now: datetime) -> MemberSession:
    """Notes a new session, and lets go of all that are over."""
    MemberSession.objects.filter(started_at__lte=now - in_all()).delete()
    MemberSession.objects.filter(last_seen_at__lte=now - idle()).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    Member.objects.filter(pk=member.pk).update(last_seen_at=now)
    return MemberSession.objects.create(
        member=member,
        session_key=visit.session_key,
        started_at=now,
        last_seen_at=now,
        address=visit.address[:45],
        browser=visit.browser[:300],
    )


def is_open(session: MemberSession, now: datetime) -> bool:
    """Whether the session still holds: used lately enough, and not for too long."""
    return now - session.last_seen_at < idle() and now - session.started_at < in_all()


def go_on(session: MemberSession, visit: Visit, now: datetime) -> None:
    """Notes that the session is in use, at most once a minute."""
    lately = now - session.last_seen_at < _EXACTNESS
    if lately and (session.session_key, session.address) == (visit.session_key, visit.address[:45]):
        return
    # An update, not a save: a session that was ended meanwhile must not come back.
    MemberSession.objects.filter(pk=session.pk).update(
        last_seen_at=now, session_key=visit.session_key, address=visit.address[:45], browser=visit.browser[:300]
    )
    Member.objects.filter(pk=session.member_id).update(last_seen_at=now)


def open_sessions(member: Member, now: datetime) -> QuerySet[MemberSession]:
    """The member's own sessions that hold, latest used first."""
    held = member.sessions.filter(last_seen_at__gt=now - idle(), started_at__gt=now - in_all())
    return held.order_by("-last_seen_at", "-pk")


def end(session: MemberSession, actor: Member) -> None:
    """Signs the member out there, at once."""
    with transaction.atomic():
        _end(MemberSession.objects.filter(pk=session.pk))
        who = Subject("member", session.member_id, str(session.member))
        record(ENDED, actor, subject=who, detail={"address": session.address})


def end_others(member: Member, keep: MemberSession) -> int:
    """Signs the member out everywhere but here; returns in how many places."""
    with transaction.atomic():
        count = _end(member.sessions.exclude(pk=keep.pk))
        record(OTHERS_ENDED, member, subject=Subject("member", member.pk, str(member)), detail={"count": count})
    return count


def end_all(member: Member, keep: int | None = None) -> None:
    """Ends the sessions of a member, all but one: a part of verbs that have a reason of their own for it."""
    _end(member.sessions.exclude(pk=keep or 0))


def idle() -> timedelta:
    return timedelta(hours=settings.CONFIG.session_idle_hours)


def in_all() -> timedelta:
    return timedelta(hours=settings.CONFIG.session_hours)


def _end(sessions: QuerySet[MemberSession]) -> int:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)
