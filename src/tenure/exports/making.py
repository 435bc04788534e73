"""Makes a file in the background, with the permissions and the scope the member has when it is made."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.exports.file import heads, values
from tenure.exports.models import Export, ExportState
from tenure.exports.recorded import record_made
from tenure.lib import clock, csv, xlsx
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import Listed, Listing, listings
from tenure.ui.page import request_of

#: Told (rows done, rows in all) as work goes on; may raise to end it.
Progress = Callable[[int, int], None]

_CHECK_ROWS: Final = 1_000


class CannotExport(TenureError):
    """The file cannot be made; the message says why and what to do."""


class NotWanted(Exception):
    """The file was thrown away while it was made."""


def make(export: Export, progress: Progress) -> int:
    """Makes the file and says it is ready; returns its rows. Done again, it is made anew.

    Raises CannotExport, and NotWanted when the file was thrown away meanwhile.
    """
    member = export.member
    part = export.path.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def told(done: int, total: int) -> None:
        if done % _CHECK_ROWS == 0:
            if not Export.objects.filter(pk=export.pk, state=ExportState.MAKING).exists():
                raise NotWanted
            _check_size(part)
        progress(done, total)

    try:
        with translation.override(export.language):
            listing = listing_for(export.listing, member)
            listed = readable(listing.read(request_of(member, export.query)))
            rows = write(listing, listed, export.format, part, told)
        _check_size(part)
        _finish(export, part, rows)
    finally:
        part.unlink(missing_ok=True)
    return rows


def listing_for(name: str, member: Member) -> Listing:
    """The list of this name, if the member may take it away; raises CannotExport."""
    listing = listings().get(name)
    if listing is None:
        raise CannotExport(_("There is no list %(name)s. There are: %(all)s.") % _known(name, member))
    if not (allows(member, Permission.EXPORT) and allows(member, listing.permission)):
        raise CannotExport(_("%(member)s may not export this list.") % {"member": member})
    return listing


def readable(listed: Listed) -> Listed:
    """The same, if what is asked for can be understood; raises CannotExport."""
    if listed.problem:
        raise CannotExport(listed.problem)
    return listed


def write(listing: Listing, listed: Listed, format: str, path: Path, progress: Progress) -> int:
    """Writes the file row by row; returns how many rows."""
    count = 0

    def told(number: int) -> None:
        nonlocal count
        count = number
        progress(number, max(listed.total, number))

    with path.open("wb") as file:
        if format == "xlsx":
            xlsx.write_workbook(file, str(listing.title), heads(listed), values(listed, told))
        else:
            file.writelines(csv.lines(heads(listed), values(listed, told)))
    return count


def _finish(export: Export, part: Path, rows: int) -> None:
    size = part.stat().st_size
    part.replace(export.path)
    with transaction.atomic():
        making = Export.objects.filter(pk=export.pk, state=ExportState.MAKING)
        done = {"state": ExportState.DONE, "rows": rows, "bytes": size, "ended_at": clock.now()}
        wanted = making.update(**done)
        if wanted:
            record_made(export.member, export.listing, export.format, export.query, rows)
    if not wanted:
        export.path.unlink(missing_ok=True)
        raise NotWanted


def _check_size(part: Path) -> None:
    most = settings.CONFIG.export_mb
    if part.stat().st_size > most * 2**20:
        said = _("The file is larger than %(most)d MB, the most here. Narrow the list, or choose fewer columns.")
        raise CannotExport(said % {"most": most})


def _known(name: str, member: Member) -> dict[str, str]:
    return {"name": name, "all": ", ".join(key for key, each in listings().items() if allows(member, each.permission))}
