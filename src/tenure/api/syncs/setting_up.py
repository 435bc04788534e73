"""Setting syncs up: what can be synced, trying a source out, adding, changing, and saying what the columns are.

A source is asked before the transaction begins: it may take half a minute, and nobody else's writing waits for it.
"""

from ninja import Status

from tenure.api.asked import Id
from tenure.api.etags import check_match
from tenure.api.guarding import needs
from tenure.api.imports.shown import Mapping
from tenure.api.request import ApiRequest
from tenure.api.syncs.routes import READS, WRITES, router, sync_of
from tenure.api.syncs.sent import SyncChanged, SyncSent
from tenure.api.syncs.shown import (
    IntegrationShown,
    RunShown,
    SyncShown,
    TableSeen,
    show_found,
    show_integration,
    show_run,
    show_sync,
    show_table,
)
from tenure.integrations import verbs
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.setting_up import ask, keep, keep_change, tell_tried

__all__ = ["router"]


@router.get("/integrations", response=list[IntegrationShown], summary="List the systems that can be synced")
@needs(*READS)
def list_integrations(request: ApiRequest) -> list[IntegrationShown]:
    """Each with the settings that a sync of it needs."""
    return [show_integration(each) for each in INTEGRATIONS.values()]


@router.post("/sync-previews", response={201: TableSeen}, summary="Try a sync out")
@needs(*WRITES, asks=True)
def preview_sync(request: ApiRequest, body: SyncSent) -> Status[TableSeen]:
    """Asks the source for its columns and first rows; no sync is made."""
    found = ask(body.draft())
    request.begin()
    tell_tried(found, request.member)
    return Status(201, show_found(found))


@router.post("/syncs", response={201: SyncShown}, summary="Set a sync up")
@needs(*WRITES, single=True, asks=True)
def create_sync(request: ApiRequest, body: SyncSent) -> Status[SyncShown]:
    """Asks the source, and keeps the sync if it answers. It runs once its columns are mapped."""
    found = ask(body.draft())
    request.begin()
    return Status(201, show_sync(keep(found, request.member)))


@router.patch("/syncs/{id}", response=SyncShown, summary="Change a sync")
@needs(*WRITES, single=True, asks=True)
def update_sync(request: ApiRequest, id: Id, body: SyncChanged) -> SyncShown:
    """Asks the source first. When what is asked for changed, the next run fetches everything again; columns have to be
    mapped again where they no longer fit. Not while it runs.
    """
    sync = sync_of(request, id)
    found = ask(body.draft(sync), sync)
    request.begin()
    sync = sync_of(request, id, lock=True)
    check_match(request, show_sync(sync))
    keep_change(sync, found, request.member)
    return show_sync(sync)


@router.get("/syncs/{id}/columns", response=TableSeen, summary="Read the columns of a sync")
@needs(*READS, single=True)
def get_sync_columns(request: ApiRequest, id: Id) -> TableSeen:
    """As its source gave them last, and what they are mapped to, or seem to be."""
    return show_table(sync_of(request, id))


@router.put("/syncs/{id}/mapping", response=RunShown, summary="Map the columns of a sync")
@needs(*WRITES)
def map_sync(request: ApiRequest, id: Id, body: Mapping) -> RunShown:
    """Takes the mapping, locks the fields it writes, and begins the first run."""
    return show_run(verbs.map_columns(sync_of(request, id), body.mapped(), request.member))
