"""The jobs page: what runs, what waits, what failed; stop it or try it again."""

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tenure.jobs import queue
from tenure.jobs.access import jobs_for, schedules_for
from tenure.jobs.kinds import kinds, title_of
from tenure.jobs.models import Job, JobState
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.numbers import duration
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState

COLUMNS = [
    Column("job", gettext_lazy("Job"), sort=False),
    Column("state", gettext_lazy("State"), sort=False),
    Column("progress", gettext_lazy("Progress"), kind="share_bar", sort=False),
    Column("created", gettext_lazy("Asked for"), kind="moment"),
    Column("took", gettext_lazy("Took"), sort=False),
    Column("attempts", gettext_lazy("Tries"), kind="number", shown=False),
    Column("error", gettext_lazy("What went wrong"), sort=False),
]
TONES = {JobState.RUNNING: "accent", JobState.DONE: "healthy", JobState.FAILED: "at-risk", JobState.STOPPED: "average"}


@require_GET
@page(Permission.MANAGE_JOBS)
def index(request: PageRequest) -> HttpResponse:
    """Every job, latest first, and the schedules."""
    state, found = _asked(request)
    counts = dict(jobs_for(request.member).order_by().values_list("state").annotate(Count("id")))
    wanted = request.GET.get("state", "")
    chips = [Chip(_("All"), sum(counts.values()), state.url(state=None), active=not wanted)]
    for code, label in JobState.choices:
        if code in counts or wanted == code:
            on = wanted == code
            chips.append(Chip(label, counts.get(code, 0), state.url(state=None if on else code), active=on))
    rows = [_row(job) for job in found[state.offset : state.offset + state.limit]]
    if wanted:
        empty = Empty(_("No job in this state"), action=_("All jobs"), href=state.url(state=None), icon="clock")
    else:
        says = _("Work that takes longer runs here: daily numbers, recounts, backups.")
        empty = Empty(_("No job yet"), says, icon="clock")
    schedules = [(title_of(each.kind), each) for each in schedules_for(request.member).order_by("next_at")]
    table = Table(state, rows, found.count(), empty, export=export_url(request, JOBS, state), chips=chips)
    return table.respond(request, "jobs/jobs.html", {"schedules": schedules})


def every_job(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    return Listed(state, found.count(), map(_row, found.iterator()))


JOBS = register(Listing("jobs", gettext_lazy("Jobs"), Permission.MANAGE_JOBS, "jobs:jobs", every_job))


def _asked(request: PageRequest) -> tuple[TableState, QuerySet[Job]]:
    state = TableState.read(request, "jobs", COLUMNS, sort="created", descending=True)
    found = jobs_for(request.member)
    if (wanted := request.GET.get("state", "")) in JobState.values:
        found = found.filter(state=wanted)
    if state.search:
        titles = [kind.name for kind in kinds() if state.search.casefold() in str(kind.title).casefold()]
        found = found.filter(kind__in=titles)
    return state, found.order_by("-id" if state.descending else "id")


@require_GET
@page(Permission.MANAGE_JOBS)
def detail(request: PageRequest, job_id: int) -> HttpResponse:
    """One job; asked for again every second while it runs."""
    job = get_object_or_404(jobs_for(request.member), pk=job_id)
    share = job.done_units / job.total_units if job.total_units else None
    context = {"job": job, "title": title_of(job.kind), "share": share, "took": _took(job)}
    return render(request, "jobs/job_drawer.html" if request.htmx else "jobs/job.html", context)


@require_POST
@page(Permission.MANAGE_JOBS)
def change(request: PageRequest, job_id: int, verb: str) -> HttpResponse:
    """Stops a job, or tries one again that failed or was stopped."""
    job = get_object_or_404(jobs_for(request.member), pk=job_id)
    with refusals_told(request):
        if verb == "stop":
            queue.stop(job, actor=request.member)
            messages.success(request, _("It stops as soon as it can."))
        elif verb == "retry":
            queue.retry(job, actor=request.member)
            messages.success(request, _("It will be tried again."))
        else:
            raise Http404
    return redirect("jobs:jobs")


def _row(job: Job) -> Row:
    href = reverse("jobs:job", args=[job.pk])
    state = JobState(job.state)
    return Row(
        {
            "job": Link(title_of(job.kind), href, drawer=True),
            "state": Badge(state.label, TONES.get(state, "unknown")),
            "progress": job.done_units / job.total_units if job.total_units else None,
            "created": job.created_at,
            "took": _took(job),
            "attempts": job.attempts,
            "error": _last_line(job.error)[:120],
        },
        href=href,
        drawer=href,
    )


def _last_line(error: str) -> str:
    """What happened: the end of a traceback says it."""
    return error.strip().rpartition("\n")[2]


def _took(job: Job) -> str | None:
    if not (job.started_at and job.ended_at):
        return None
    return duration((job.ended_at - job.started_at).total_seconds())
