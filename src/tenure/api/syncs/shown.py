"""Syncs and their runs as programs read them. What is secret is not told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from tenure.api.imports.shown import ColumnShown, show_column
from tenure.imports.columns import suggest
from tenure.imports.kinds.all import kind_named
from tenure.integrations.integration import Integration
from tenure.integrations.models import Pull, RunState, Sync, SyncRun
from tenure.integrations.setting_up import Found
from tenure.integrations.verbs import suggested


class SyncShown(Schema):
    """A table of another system. `alert` is about its last run: empty, failed or few_rows. Nothing runs before it is
    `mapped`, nor by itself while it is not `enabled`; of `every_s` and `daily_at` one is set, or none: only when asked.
    Secrets are not among `settings`; `has_secret` says whether there is one.
    """

    id: int
    name: str
    integration: str
    kind: str
    settings: dict[str, str]
    has_secret: bool
    mapped: bool
    mapping: dict[str, Any]
    cursor_column: str
    locks: bool
    owned_fields: list[str]
    enabled: bool
    every_s: int | None
    daily_at: str | None
    next_at: datetime | None
    alert: str
    created_at: datetime


class Counted(Schema):
    """Rows, by what became of them."""

    rows: int
    new: int
    changed: int
    same: int
    refused: int


class RunShown(Schema):
    """One run. `usual_rows` is how many there usually are, when this one had less than half; `progress` from 0 to 1."""

    id: int
    sync_id: int
    state: RunState
    asked_by: int | None
    counts: Counted
    usual_rows: int | None
    progress: float | None
    cursor_before: str
    cursor_after: str
    error: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class PullShown(Schema):
    """A table fetched in a run: a file, or the answer to the query. `import_id` leads to its refused rows."""

    name: str
    import_id: int | None
    done: bool
    counts: Counted
    error: str


class RunTold(Schema):
    """A run and its log: every table it fetched."""

    run: RunShown
    pulls: list[PullShown]


class SettingChoice(Schema):
    """A value that a setting may have."""

    value: str
    name: str


class SettingShown(Schema):
    """What an integration asks for. Left out it is `otherwise`; a `secret` one is never told again. `choices` are all
    it may be, where there are any.
    """

    key: str
    name: str
    kind: Literal["line", "text", "number", "secret", "choice"]
    required: bool
    otherwise: str
    choices: list[SettingChoice]


class IntegrationShown(Schema):
    """A kind of system that tables come from. `has_cursor`: it can fetch what is new by a column."""

    key: str
    title: str
    has_cursor: bool
    settings: list[SettingShown]


class TableSeen(Schema):
    """What a source gives: its columns, and the first `rows` until the columns are mapped. `mapping` is what they are
    mapped to, or seem to be by their names.
    """

    columns: list[ColumnShown]
    rows: list[list[str]]
    mapping: dict[str, Any]


def show_integration(integration: Integration) -> IntegrationShown:
    return IntegrationShown(
        key=integration.key,
        title=str(integration.title),
        has_cursor=integration.has_cursor,
        settings=[
            SettingShown(
                key=part.key,
                name=str(part.label),
                kind=part.kind,
                required=part.required,
                otherwise=part.otherwise,
                choices=[SettingChoice(value=value, name=str(name)) for value, name in part.choices],
            )
            for part in integration.parts()
        ],
    )


def show_found(found: Found) -> TableSeen:
    """What a source answered that is only tried out."""
    looked = found.looked
    mapped = suggest(kind_named(found.draft.kind), looked.columns)
    return TableSeen(
        columns=[ColumnShown(name=each.name, holds=each.holds, samples=list(each.samples)) for each in looked.columns],
        rows=[list(row) for row in looked.rows],
        mapping=mapped.as_json(),
    )


def show_table(sync: Sync) -> TableSeen:
    return TableSeen(
        columns=[show_column(each) for each in sync.columns], rows=sync.first_rows, mapping=suggested(sync).as_json()
    )


def show_sync(sync: Sync) -> SyncShown:
    return SyncShown(
        id=sync.pk,
        name=sync.name,
        integration=sync.integration,
        kind=sync.kind,
        settings=sync.settings,
        has_secret=bool(sync.secrets),
        mapped=bool(sync.mapping),
        mapping=sync.mapping,
        cursor_column=sync.cursor_column,
        locks=sync.locks,
        owned_fields=sync.owned,
        enabled=sync.enabled,
        every_s=sync.every_s,
        daily_at=sync.daily_at.strftime("%H:%M") if sync.daily_at else None,
        next_at=sync.next_at,
        alert=sync.alert,
        created_at=sync.created_at,
    )


def show_run(run: SyncRun) -> RunShown:
    job = run.job
    return RunShown(
        id=run.pk,
        sync_id=run.sync_id,
        state=RunState(run.state),
        asked_by=run.asked_by_id,
        counts=_counts(run),
        usual_rows=run.usual_rows,
        progress=job.done_units / job.total_units if job and job.total_units else None,
        cursor_before=run.cursor_before,
        cursor_after=run.cursor_after,
        error=run.error,
        created_at=run.created_at,
        started_at=run.started_at,
        ended_at=run.ended_at,
    )


def tell_run(run: SyncRun, pulls: Sequence[Pull]) -> RunTold:
    shown = [
        PullShown(name=each.name, import_id=each.file_import_id, done=each.done, counts=_counts(each), error=each.error)
        for each in pulls
    ]
    return RunTold(run=show_run(run), pulls=shown)


def _counts(row: SyncRun | Pull) -> Counted:
    return Counted(rows=row.rows, new=row.new, changed=row.changed, same=row.same, refused=row.refused)
