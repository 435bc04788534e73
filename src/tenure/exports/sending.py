"""A short list as a download that is made while it is sent."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import FileResponse, StreamingHttpResponse

from tenure.activity.recording import ADDRESS
from tenure.exports.file import CONTENT_TYPES, Format, heads, values
from tenure.exports.recorded import record_made
from tenure.lib import csv, xlsx
from tenure.people.models import Member
from tenure.ui.listing import Listed, Listing


def send(listing: Listing, listed: Listed, format: Format, member: Member) -> StreamingHttpResponse:
    """The file as a download called name-day.csv or .xlsx; it is written down how many rows went out."""
    state = listed.state
    file = f"{listing.name}-{state.day.isoformat()}.{format}" if state.day else f"{listing.name}.{format}"
    rows = _counted(listing, listed, format, member, ADDRESS.get())
    if format == "xlsx":
        return FileResponse(xlsx.workbook(str(listing.title), heads(listed), rows), as_attachment=True, filename=file)
    return StreamingHttpResponse(
        csv.lines(heads(listed), rows),
        content_type=CONTENT_TYPES["csv"],
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _counted(
    listing: Listing, listed: Listed, format: Format, member: Member, address: str
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
        # The answer is sent after the request's own address is gone.
        record_made(member, listing.name, format, query, count, address)
