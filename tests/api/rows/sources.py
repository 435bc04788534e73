"""Rows of sources, of what was refused, and of jobs."""

from typing import Any

from tenure.events.models import QuarantinedItem
from tenure.events.reasons import Reason
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tests.api.row import ADMIN, Row
from tests.web.routes.world import World


def _source(world: World) -> dict[str, Any]:
    return {"id": world.source().pk}


def _key(world: World) -> dict[str, Any]:
    return {"id": world.source().pk, "key_id": world.source().keys.get().pk}


def _item(world: World) -> dict[str, Any]:
    return {"id": QuarantinedItem.objects.create(reason=Reason.BAD_TIME, received_at=clock.now()).pk}


def _job(world: World, state: JobState = JobState.WAITING) -> dict[str, Any]:
    Job.objects.filter(pk=world.job().pk).update(state=state)
    return {"id": world.job().pk}


ROWS: dict[str, Row] = {
    "list_sources": Row(ADMIN),
    "create_source": Row(ADMIN, body=lambda world: {"name": "Shop"}),
    "get_source": Row(ADMIN, _source),
    "rename_source": Row(ADMIN, _source, lambda world: {"name": "Shop"}),
    "attribute_source": Row(ADMIN, _source, lambda world: {"account_properties": ["tenant"]}),
    "archive_source": Row(ADMIN, _source),
    "rotate_source_key": Row(ADMIN, _source),
    "revoke_source_key": Row(ADMIN, _key),
    "list_quarantine": Row(ADMIN),
    "get_quarantined": Row(ADMIN, _item),
    "list_jobs": Row(ADMIN),
    "get_job": Row(ADMIN, _job),
    "stop_job": Row(ADMIN, _job),
    "retry_job": Row(ADMIN, lambda world: _job(world, JobState.FAILED)),
}
