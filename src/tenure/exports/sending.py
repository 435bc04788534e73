"""Downloads: a short list, made while it is sent, and a file that was kept."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import FileResponse, Http404, StreamingHttpResponse

from tenure.activity.recording import ADDRESS, VIA
from tenure.exports.file import CONTENT_TYPES, Format, heads, values
from tenure.exports.models import Export, ExportState
from tenure.exports.recorded import record_made
from tenure.lib import csv, xlsx
from tenure.people.models import Member
from tenure.people.permissions import allows
from tenure.ui.listing import Listed, Listing, listings


def send(listing: Listing, listed: Listed, format: Format, member: Member) -> StreamingHttpResponse:
    """The file as a download called name-day.csv or .xlsx; it is written down how many rows went out."""
    state = listed.state
    file = f"{listing.name}-{state.day.isoformat()}.{format}" if state.day else f"{listing.name}.{format}"
    rows = _counted(listing, listed, format, member, ADDRESS.get(), VIA.get())
    if format == "xlsx":
        return FileResponse(xlsx.workbook(str(listing.title), heads(listed), rows), as_attachment=True, filename=file)
    return StreamingHttpResponse(
        csv.lines(heads(listed), rows),
        content_type=CONTENT_TYPES["csv"],
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _counted(
    listing: Listing, listed: Listed, format: Format, member: Member, address: str, via: str
) -> Iterator[list[csv.Value]]:
    """The rows; also when the other side stops taking them, it is written down how many went out."""
    count = 0

    def told(number: int) -> None:
        nonlocal count
        count = number

    try:
        yield from values(listed, told)
    finally:
        query = urlencode(listed.state.parameters, doseq=True)
        # The answer is sent after the request's own address and token are gone.
        record_made(member, listing.name, format, query, count, address, via)


def send_kept(export: Export, member: Member) -> FileResponse:
    """A file made in the background. Raises Http404 unless it is there and the member may see the list still."""
    listing = listings().get(export.listing)
    if listing is None or not allows(member, listing.permission) or export.standing != ExportState.DONE:
        raise Http404
    return FileResponse(
        export.path.open("rb"),
        as_attachment=True,
        filename=export.file_name,
        content_type=CONTENT_TYPES[export.format],
    )
