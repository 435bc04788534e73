"""Users who are not counted: staff of the vendor, test people, service accounts.

Each verb marks the users, and in the same transaction puts the work of computing every day again into the queue: a user
who was opened counts on every day since. The job tells the warehouse; the verb does so too, so that the next page is
right at once.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import ExclusionChange, Identity, User, UserLink
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.bulk import update_rows
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.warehouse.store import Store

#: The job that tells the warehouse and computes every day again.
JOB = "recount_without_excluded"


EXCLUDED = verb("users.excluded", gettext_lazy("{by} took {names} out of every count"))
INCLUDED = verb("users.included", gettext_lazy("{by} counted {names} again"))
UNDONE = verb("users.exclusion_undone", gettext_lazy("{by} undid who is counted: {names}"))

_MOST_NAMES = 10


class AlreadyUndone(TenureError):
    """The change was undone before."""


class UnknownUser(TenureError):
    """No user is known by this id."""


def exclude_users(users: Collection[User], actor: Member | None, store: Store) -> ExclusionChange:
    """Takes users out of every count, for all days. Those left out already stay as they are."""
    changed = [user for user in users if user.excluded_at is None]
    now = clock.now()
    for user in changed:
        user.excluded_at, user.excluded_by = now, actor
    return _write(changed, {str(user.pk): [None, None] for user in changed}, now, actor, store, excluded=True)


def include_users(users: Collection[User], actor: Member | None, store: Store) -> ExclusionChange:
    """Counts users again, for all days. Those who count already stay as they are."""
    changed = [user for user in users if user.excluded_at is not None]
    before = {str(user.pk): [_text(user.excluded_at), user.excluded_by_id] for user in changed}
    for user in changed:
        user.excluded_at, user.excluded_by = None, None
    return _write(changed, before, clock.now(), actor, store, excluded=False)


def undo(change: ExclusionChange, actor: Member, store: Store) -> None:
    """Puts back what the change found, but for users who were changed again since. Raises AlreadyUndone."""
    with transaction.atomic():
        open_changes = ExclusionChange.objects.filter(pk=change.pk, undone_at=None)
        if not open_changes.update(undone_at=clock.now(), undone_by=actor):
            raise AlreadyUndone(_("This was undone already."))
        users = list(
            User.objects.filter(
                pk__any_of=[int(key) for key in change.before],
                excluded_at=change.created_at if change.excluded else None,
            )
        )
        for user in users:
            excluded_at, user.excluded_by_id = change.before[str(user.pk)]
            user.excluded_at = datetime.fromisoformat(excluded_at) if excluded_at else None
        _save(users, actor)
        _record(UNDONE, users, actor)
    tell_excluded(store)


def users_known_as(ids: Sequence[str]) -> list[User]:
    """The users these ids, as senders write them, belong to now. Raises UnknownUser."""
    known = dict(Identity.objects.filter(external_id__in=ids).values_list("external_id", "user_id"))
    for each in ids:
        if each not in known:
            raise UnknownUser(_("No user is known as %(id)s.") % {"id": each})
    return list(User.objects.filter(pk__any_of=list(set(known.values()))))


def tell_excluded(store: Store) -> None:
    """Has the warehouse leave out exactly the users that are marked; it notes the days on which that makes a change."""
    store.set_excluded_users(User.objects.exclude(excluded_at=None).values_list("pk", flat=True))


def _write(
    users: Collection[User],
    before: Mapping[str, object],
    now: datetime,
    actor: Member | None,
    store: Store,
    *,
    excluded: bool,
) -> ExclusionChange:
    with transaction.atomic():
        change = ExclusionChange.objects.create(excluded=excluded, before=before, created_at=now, created_by=actor)
        _save(users, actor)
        _record(EXCLUDED if excluded else INCLUDED, users, actor)
    if users:
        tell_excluded(store)
    return change


def _save(users: Collection[User], actor: Member | None) -> None:
    if users:
        update_rows(users, ["excluded_at", "excluded_by"])
        enqueue(JOB, key=JOB, actor=actor)


def _record(done: Verb, users: Collection[User], actor: Member | None) -> None:
    if not users:
        return
    keys = [user.pk for user in users]
    accounts = set(UserLink.objects.filter(user__any_of=keys).values_list("account_id", flat=True))
    names = ", ".join(str(user) for user in list(users)[:_MOST_NAMES]) + (" …" if len(keys) > _MOST_NAMES else "")
    subject = Subject("user", keys[0], names) if len(keys) == 1 else None
    record(done, actor, subject=subject, accounts=accounts, detail={"names": names, "users": keys})


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
