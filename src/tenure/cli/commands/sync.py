"""sync list, sync run."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from tenure.cli.command import Command, Context, no_options, table
from tenure.integrations.at_once import run_at_once
from tenure.integrations.models import Alert, RunState, Sync
from tenure.integrations.runs import settle
from tenure.server import start


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    start.prepare(context.config)
    return [_told(sync) for sync in Sync.objects.order_by("name")]


def _told(sync: Sync) -> dict[str, Any]:
    settle(sync)
    sync.refresh_from_db()
    last = sync.runs.order_by("-pk").first()
    state = "columns to be chosen" if not sync.mapping else "on" if sync.enabled else "paused"
    return {
        "name": sync.name,
        "from": sync.integration,
        "brings": sync.kind,
        "state": state,
        "last run": last.started_at.isoformat(timespec="seconds") if last and last.started_at else None,
        "ended": last.state if last else None,
        "rows": last.rows if last else None,
        "alert": {Alert.FAILED: "failed", Alert.FEW_ROWS: "few rows"}.get(Alert(sync.alert)),
        "next run": sync.next_at.isoformat(timespec="seconds") if sync.next_at else None,
    }


def _run_options(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what the sync is called")


def _run(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    run = run_at_once(options["name"], context.progress)
    context.load()
    counts = {name: getattr(run, name) for name in ("rows", "new", "changed", "same", "refused")}
    return {"ok": run.state == RunState.DONE, "state": run.state, **counts, "error": run.error, "usual": run.usual_rows}


def _show(done: dict[str, Any]) -> str:
    counted = (
        f"{done['new']:,} new, {done['changed']:,} changed, {done['same']:,} as before, {done['refused']:,} refused"
    )
    lines = [f"{done['state']}: {done['rows']:,} rows read: {counted}"]
    if done["usual"]:
        lines.append(f"This is less than half of the usual {done['usual']:,} rows.")
    if done["error"]:
        lines.append(done["error"])
    if done["refused"]:
        lines.append("The refused rows and their reasons are in Settings › Sync.")
    return "\n".join(lines)


COMMANDS = (
    Command("sync list", "Syncs: how each is, when it ran, when it runs next.", no_options, _list, table, "here", True),
    Command("sync run", "Run a sync now and wait for its end.", _run_options, _run, _show, reads=True),
)
