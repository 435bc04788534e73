"""How far the computing of past days is, for whoever may see jobs."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenure.jobs.access import jobs_for
from tenure.jobs.models import Job, JobState
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page

KINDS = ("close_history", "recount_users", "recount_without_excluded")


@dataclass(frozen=True)
class Computing:
    """A job that computes every day again; `share` None: it has not begun."""

    job: Job
    share: float | None


def computing(member: Member) -> Computing | None:
    """The job at work on past days, else the one that waits; None when nothing is to do."""
    open_jobs = jobs_for(member).filter(kind__in=KINDS, state__in=(JobState.RUNNING, JobState.WAITING))
    job = min(open_jobs.order_by("pk"), key=lambda each: each.state != JobState.RUNNING, default=None)
    if job is None:
        return None
    return Computing(job, job.done_units / job.total_units if job.total_units else None)


@require_GET
@page(Permission.MANAGE_JOBS)
def progress(request: PageRequest) -> HttpResponse:
    """The notice above the list and the definition, asked for again every second until the job is done."""
    return render(request, "web/metrics/progress.html", {"computing": computing(request.member), "asked": True})
