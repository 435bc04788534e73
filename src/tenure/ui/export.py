"""Any table as a file: the chosen columns of all rows that match, as CSV or Excel. Each export is written down."""

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.translation import gettext_lazy

from tenure.activity.recording import ADDRESS, record
from tenure.activity.verbs import verb
from tenure.lib import csv, xlsx
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.cells import plain
from tenure.ui.page import PageRequest
from tenure.ui.table import Column, Row, TableState

Format = Literal["csv", "xlsx"]

MADE = verb("export.made", gettext_lazy("{by} exported {rows} rows of {what} as {format}"), False)


def wanted(request: PageRequest) -> Format | None:
    """The file format `?export=` asks for; None when it asks for none. 404 when the member may not export."""
    asked = request.GET.get("export")
    if asked is None:
        return None
    if asked not in ("csv", "xlsx") or not allows(request.member, Permission.EXPORT):
        raise Http404
    return cast(Format, asked)


def stream(
    request: PageRequest, format: Format, state: TableState, rows: Iterable[Row], name: str
) -> StreamingHttpResponse:
    """The file as a download called name-day.csv or .xlsx; rows are taken one by one."""
    columns = [column for column in state.chosen if column.export and column.kind not in ("spark", "spread")]
    heads = [str(column.label) for column in columns]
    file = f"{name}-{state.day.isoformat()}.{format}" if state.day else f"{name}.{format}"
    query = request.GET.urlencode()
    detail = {"what": name, "format": format, "query": query[:1000]}
    values = _noted(_values(columns, rows), request.member, detail, ADDRESS.get())
    if format == "xlsx":
        return FileResponse(xlsx.workbook(name, heads, values), as_attachment=True, filename=file)
    return StreamingHttpResponse(
        csv.lines(heads, values),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _values(columns: list[Column], rows: Iterable[Row]) -> Iterator[list[csv.Value]]:
    for row in rows:
        yield [plain(column, row.cells.get(column.key)) for column in columns]


def _noted(
    values: Iterable[list[csv.Value]], member: Member, detail: dict[str, str], address: str
) -> Iterator[list[csv.Value]]:
    """Gives the rows on, and writes down how many went out, also when the other side stops taking them."""
    count = 0
    try:
        for row in values:
            count += 1
            yield row
    finally:
        token = ADDRESS.set(address)  # the answer is sent after the request's own is gone
        try:
            with transaction.atomic():
                record(MADE, member, detail={**detail, "rows": count})
        finally:
            ADDRESS.reset(token)
