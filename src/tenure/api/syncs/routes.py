"""Syncs: listing and reading them, having them run, stopping, pausing and deleting them; what became of each run."""

from typing import Annotated, Any, Final

from ninja import Query, Router, Status
from pydantic import Field

from tenure.api.asked import Body, Id
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.api.syncs.shown import RunShown, RunTold, SyncShown, show_run, show_sync, tell_run
from tenure.integrations import verbs
from tenure.integrations.access import syncs_for
from tenure.integrations.models import Sync, SyncRun
from tenure.integrations.runs import settle
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Syncs"])
READS = (Area.SYNCS, Access.READ, Permission.IMPORT)
WRITES = (Area.SYNCS, Access.WRITE, Permission.IMPORT)
MOST_PULLS: Final = 1_000


class RunAsked(Body):
    anew: Annotated[bool, Field(description="Forget what was fetched and fetch everything again.")] = False


@router.get("/syncs", response=Page[SyncShown], summary="List syncs")
@needs(*READS)
def list_syncs(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """Every sync, the first one first."""
    return page_of(syncs_for(request.member), asked, lambda rows: [show_sync(_settled(each)) for each in rows])


@router.get("/syncs/{id}", response=SyncShown, summary="Read a sync")
@needs(*READS, single=True)
def get_sync(request: ApiRequest, id: Id) -> SyncShown:
    """One sync."""
    return show_sync(_settled(sync_of(request, id)))


@router.delete("/syncs/{id}", response={204: None}, summary="Delete a sync")
@needs(*WRITES)
def delete_sync(request: ApiRequest, id: Id) -> Status[None]:
    """With its runs and secrets; its fields are unlocked, and what it brought stays. Not while it runs."""
    verbs.delete(sync_of(request, id), request.member)
    return Status(204, None)


@router.get("/syncs/{id}/runs", response=Page[RunShown], summary="List the runs of a sync")
@needs(*READS)
def list_sync_runs(request: ApiRequest, id: Id, asked: Query[Paged]) -> dict[str, Any]:
    """The runs of the last 90 days, the latest first."""
    found = _settled(sync_of(request, id)).runs.select_related("job")
    return page_of(found, asked, lambda rows: [show_run(each) for each in rows], by="-created_at")


@router.post("/syncs/{id}/runs", response={201: RunShown}, summary="Have a sync run now")
@needs(*WRITES)
def start_sync(request: ApiRequest, id: Id, body: RunAsked) -> Status[RunShown]:
    """Begins a run, or answers with the one at work."""
    verb = verbs.run_anew if body.anew else verbs.run_now
    return Status(201, show_run(verb(sync_of(request, id), request.member)))


@router.delete("/syncs/{id}/run", response=SyncShown, summary="Stop a sync")
@needs(*WRITES)
def stop_sync(request: ApiRequest, id: Id) -> SyncShown:
    """Ends the run at work as soon as it can; whole chunks that were written stay."""
    sync = sync_of(request, id)
    verbs.stop(sync, request.member)
    return show_sync(sync)


@router.put("/syncs/{id}/pause", response=SyncShown, summary="Pause a sync")
@needs(*WRITES)
def pause_sync(request: ApiRequest, id: Id) -> SyncShown:
    """It no longer runs by itself; its fields stay locked."""
    sync = sync_of(request, id)
    verbs.pause(sync, request.member)
    return show_sync(sync)


@router.delete("/syncs/{id}/pause", response=SyncShown, summary="Have a sync go on")
@needs(*WRITES)
def resume_sync(request: ApiRequest, id: Id) -> SyncShown:
    """It runs by its schedule again."""
    sync = sync_of(request, id)
    verbs.resume(sync, request.member)
    return show_sync(sync)


@router.get("/sync-runs/{id}", response=RunTold, summary="Read a run of a sync")
@needs(*READS, single=True)
def get_sync_run(request: ApiRequest, id: Id) -> RunTold:
    """The run with its log: each table it fetched, and what became of the rows."""
    found = SyncRun.objects.filter(sync__in=syncs_for(request.member)).select_related("job")
    run = one(found.filter(pk=id))
    return tell_run(run, list(run.pulls.order_by("pk")[:MOST_PULLS]))


def sync_of(request: ApiRequest, key: int, *, lock: bool = False) -> Sync:
    """The sync, when the member may see it; with `lock` nobody else changes it before the transaction ends."""
    found = syncs_for(request.member).filter(pk=key)
    return one(found.select_for_update() if lock else found)


def _settled(sync: Sync) -> Sync:
    settle(sync)
    sync.refresh_from_db()
    return sync
