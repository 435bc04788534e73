"""What operators do with backups and notices: ask for a backup, have one verified again, say that a notice was read."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.jobs.models import Job
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.people.models import Member
from tenure.upkeep.models import Backup, Notice

ASKED = verb("backup.asked", gettext_lazy("{by} asked for a backup"), False)
VERIFYING = verb("backup.verifying", gettext_lazy("{by} had the backup {subject} verified"), False)
DISMISSED = verb("notice.dismissed", gettext_lazy("{by} has read the notice {subject}"), False)

#: The kinds of their jobs.
BACK_UP: Final = "backup"
VERIFY: Final = "verify_backup"


def ask_for_backup(*, actor: Member) -> Job:
    """The job that makes one; asked for again while it waits, it is the same."""
    with transaction.atomic():
        record(ASKED, actor)
        return enqueue(BACK_UP, key=BACK_UP, actor=actor)


def ask_to_verify(backup: Backup, *, actor: Member) -> Job:
    """The job that checks every part of a backup again; asked for again while it waits, it is the same."""
    with transaction.atomic():
        record(VERIFYING, actor, subject=Subject("backup", backup.pk, backup.name))
        return enqueue(VERIFY, {"backup": backup.name}, key=f"{VERIFY}:{backup.name}", actor=actor)


def dismiss(notice: Notice, *, actor: Member) -> None:
    """Takes a notice off everybody's screen; who read it first is kept."""
    with transaction.atomic():
        unread = Notice.objects.filter(pk=notice.pk, dismissed_at=None)
        if unread.update(dismissed_at=clock.now(), dismissed_by=actor):
            record(DISMISSED, actor, subject=Subject("notice", notice.pk, notice.get_kind_display()))
