"""Lists and files as programs read and write them."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from tenure.api.asked import Body, Day, Id, Text, Word
from tenure.exports.file import Format
from tenure.exports.models import Export, ExportState

Pair = Annotated[Text, Field(max_length=1_000, pattern=r"^[^=]+=")]


class ListShown(Schema):
    """A list that can be taken away, by the name that addresses and files have."""

    name: str
    title: str


class AskedList(Schema):
    """What of a list is asked for: as on its page, with its columns, filters and order."""

    format: Format = "csv"
    day: Annotated[Day | None, Field(description="The latest day with numbers when left out.")] = None
    segment: Annotated[Id | None, Field(description="Of customers: those in this segment.")] = None
    condition: Annotated[Text, Field(max_length=20_000, description="Of customers: a condition as JSON text.")] = ""
    view: Annotated[Id | None, Field(description="Of customers: what this saved view shows.")] = None
    search: Annotated[Text, Field(max_length=200)] = ""
    sort: Annotated[Text, Field(max_length=200, description="A column; a minus before it: the largest first.")] = ""
    columns: Annotated[list[Word], Field(max_length=200, description="Which columns, by key.")] = []
    where: Annotated[list[Pair], Field(max_length=20, description="NAME=VALUE of the address of the list's page.")] = []


class ExportSent(Body, AskedList):
    list: Annotated[Word, Field(description="The name of a list.")]


class ExportShown(Schema):
    """A file that a job makes. `rows` are those it has or will have; `progress` the share done, from 0 to 1; `state`
    done: it can be taken until `kept_until`.
    """

    id: int
    list: str
    format: str
    query: str
    day: date | None
    state: ExportState
    file_name: str
    rows: int
    bytes: int | None
    progress: float | None
    error: str
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime


def show_export(export: Export) -> ExportShown:
    job, making = export.job, export.state == ExportState.MAKING
    return ExportShown(
        id=export.pk,
        list=export.listing,
        format=export.format,
        query=export.query,
        day=export.day,
        state=export.standing,
        file_name=export.file_name,
        rows=export.total if export.rows is None else export.rows,
        bytes=export.bytes,
        progress=job.done_units / job.total_units if making and job and job.total_units else None,
        error=export.error,
        asked_at=export.asked_at,
        ended_at=export.ended_at,
        kept_until=export.kept_until,
    )
