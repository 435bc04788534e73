"""Rows of metrics and health."""

from typing import Any

from tenure.health.archive import archive_metric
from tenure.health.metrics import define_metric
from tests.api.row import ADMIN, ALL, SEES, Row, of_account
from tests.web.routes.world import World

METRIC = {"key": "searches", "name": "Searches", "unit": "count", "spec": {"kind": "count"}}


def _metric(world: World) -> dict[str, Any]:
    return {"key": define_metric(METRIC, None).key}


def _archived(world: World) -> dict[str, Any]:
    archive_metric(define_metric(METRIC, None), None)
    return {"key": METRIC["key"]}


ROWS: dict[str, Row] = {
    "list_metrics": Row(ALL),
    "create_metric": Row(ADMIN, body=lambda world: METRIC),
    "get_metric": Row(ALL, lambda world: {"key": "breadth"}),
    "list_metric_versions": Row(ALL, lambda world: {"key": "breadth"}),
    "update_metric": Row(ADMIN, _metric, lambda world: {"name": "All searches"}),
    "archive_one_metric": Row(ADMIN, _metric),
    "restore_archived_metric": Row(ADMIN, _archived),
    "preview_metric": Row(ADMIN, body=lambda world: {"spec": METRIC["spec"]}),
    "list_health_definitions": Row(ALL),
    "list_account_numbers": Row(SEES, of_account),
    "get_account_health": Row(SEES, of_account),
    "list_numbers": Row(ALL),
}
