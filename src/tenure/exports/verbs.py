"""What people do with files made in the background: ask for one, and throw one away."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.exports.file import Format
from tenure.exports.models import Export, ExportState
from tenure.exports.recorded import LONGEST_QUERY
from tenure.jobs import queue
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.people.models import Member
from tenure.ui.listing import Listed, Listing, title_of

ASKED = verb(
    "export.asked", gettext_lazy("{by} asked for {rows} rows of {what} as {format}"), False, {"what": title_of}
)
REMOVED = verb("export.removed", gettext_lazy("{by} threw the file {subject} away"), False)

MAKE: Final = "make_export"
#: A list with more rows is made in the background.
AT_ONCE: Final = 10_000


def ask(listing: Listing, listed: Listed, format: Format, member: Member) -> Export:
    """Has the list made as a file, as it is asked for now: its day, filters, order and columns.

    Asked for again while it is made, it is the same file.
    """
    state = listed.state
    parameters = {**state.parameters, "columns": [",".join(column.key for column in state.chosen)]}
    if state.day:
        parameters["day"] = [state.day.isoformat()]
    query = urlencode(parameters, doseq=True)
    same = Export.objects.filter(member=member, listing=listing.name, query=query, format=format)
    if (making := same.filter(state=ExportState.MAKING).first()) is not None:
        return making
    with transaction.atomic():
        export = Export.objects.create(
            listing=listing.name,
            query=query,
            format=format,
            day=state.day,
            language=get_language() or settings.LANGUAGE_CODE,
            member=member,
            total=listed.total,
            asked_at=clock.now(),
        )
        _have_made(export, member)
        detail = {"what": listing.name, "format": format, "query": query[:LONGEST_QUERY], "rows": listed.total}
        record(ASKED, member, subject=Subject("export", export.pk, export.file_name), detail=detail)
    return export


def again(job: Job, actor: Member) -> Job:
    """Has a file made that failed or was stopped. Raises JobNotRetryable."""
    export = Export.objects.filter(pk=int(job.payload["export"])).first()
    if export is None or settle(export).state != ExportState.FAILED:
        raise queue.JobNotRetryable(_("This file is made already, or was thrown away."))
    export.state, export.error, export.ended_at = ExportState.MAKING, "", None
    return _have_made(export, actor)


def _have_made(export: Export, actor: Member) -> Job:
    job = queue.enqueue(MAKE, {"export": export.pk}, key=f"export:{export.pk}", actor=actor)
    export.job = job
    export.save()
    return job


def remove(exports: Collection[Export], actor: Member) -> None:
    """Throws files away for good; one that is being made is not made."""
    names = ", ".join(export.file_name for export in exports)
    with transaction.atomic():
        record(REMOVED, actor, subject=Subject("export", None, names))
        for export in exports:
            path = export.path
            export.delete()
            transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]


def settle(export: Export) -> Export:
    """Brings the state in step with the job: one that was stopped, or failed for good, tells nobody."""
    job = export.job
    if export.state == ExportState.MAKING and (job is None or job.state in (JobState.STOPPED, JobState.FAILED)):
        values = {"state": ExportState.FAILED, "ended_at": clock.now()}
        Export.objects.filter(pk=export.pk, state=ExportState.MAKING).update(**values)
        export.refresh_from_db()
    return export
