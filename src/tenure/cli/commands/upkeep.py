"""backup, restore, verify-backup, doctor, close-day."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from tenure.cli.command import Command, Context, no_options
from tenure.events.inbox.current import inbox
from tenure.health.close_day import close_days
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.server import start
from tenure.upkeep.backup import latest_backup, make_backup, verify_backup
from tenure.upkeep.doctor import examine
from tenure.upkeep.restore import note_restored, restore
from tenure.warehouse.current import store


def _backup(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    folder = make_backup(context.config, store(), inbox(), clock.now())
    return {"backup": str(folder)}


def _folder_option(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", help="the backup's folder; the newest one when left out")


def _folder(options: Mapping[str, Any], context: Context) -> Path:
    folder = Path(options["folder"]).resolve() if options["folder"] else latest_backup(context.config)
    if folder is None:
        raise TenureError(f"There is no backup in {context.config.backups_path}. Make one: tenure backup")
    return folder


def _verify(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    folder = _folder(options, context)
    manifest = verify_backup(context.config, folder)
    return {"backup": str(folder), "ok": True, "events": manifest.events, "created_at": manifest.created_at}


def _restore(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    folder = _folder(options, context)
    aside = restore(context.config, folder, clock.now())
    connection.close()  # it still reads the file that was moved aside
    start.prepare(context.config)
    note_restored(folder)
    return {"restored": str(folder), "moved_aside": str(aside)}


def _doctor(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    findings = [asdict(finding) for finding in examine(context.config, inbox(), store())]
    return {"ok": all(finding["ok"] for finding in findings), "checks": findings}


def _show_doctor(found: dict[str, Any]) -> str:
    return "\n".join(f"{'✓' if each['ok'] else '✗'} {each['check']}: {each['detail']}" for each in found["checks"])


def _close_options(parser: ArgumentParser) -> None:
    parser.add_argument("day", type=_iso_day, help="YYYY-MM-DD")
    parser.add_argument("--to", type=_iso_day, help="last day of a span")


def _close(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    first = date.fromisoformat(options["day"])
    last = date.fromisoformat(options["to"]) if options["to"] else first
    if last < first:
        raise TenureError(f"--to {last} is before {first}.")
    closed = close_days(first, last, store=store(), zone=context.config.zone, progress=context.progress)
    return {"first": str(first), "last": str(last), "days": closed}


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


COMMANDS = (
    Command("backup", "Back everything up and verify it.", no_options, _backup, lambda made: made["backup"]),
    Command(
        "verify-backup",
        "Check that a backup is whole.",
        _folder_option,
        _verify,
        lambda found: f"{found['backup']} is whole: {found['events']:,} events, made {found['created_at']}.",
        where="here",
        reads=True,
    ),
    Command(
        "restore",
        "Put a backup back; what is there now is moved aside.",
        _folder_option,
        _restore,
        lambda done: f"{done['restored']} is back. What was there is in {done['moved_aside']}.",
        where="alone",
    ),
    Command("doctor", "Look for trouble and say what to do.", no_options, _doctor, _show_doctor, reads=True),
    Command(
        "close-day",
        "Compute the numbers and health of a day, or of a span of days.",
        _close_options,
        _close,
        lambda done: f"{done['days']} days closed, {done['first']} to {done['last']}.",
    ),
)
