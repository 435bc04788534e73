"""export: any list of the product as a file, as a member sees it."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import translation

from tenure.cli.acting import seen_by, sees_as
from tenure.cli.command import Command, Context, text_or_file
from tenure.cli.commands.views import one_called, views_in_use
from tenure.exports.asked import Asked
from tenure.exports.file import FORMATS
from tenure.exports.making import CannotExport, listing_for, write
from tenure.exports.recorded import record_made
from tenure.people.models import Member
from tenure.segments.access import segments_for
from tenure.ui.listing import Listed


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST", help="customers, contacts, users, follow-ups, … (docs/exports.md)")
    parser.add_argument("--format", choices=FORMATS, help="csv or xlsx; as the name of --output ends when left out")
    sees_as(parser)
    parser.add_argument("--day", type=_iso_day, help="YYYY-MM-DD; the latest day with numbers when left out")
    parser.add_argument("--segment", help="of customers: those of this segment, by its name or number")
    parser.add_argument("--view", help="of customers: what this saved view shows, by its name or number")
    parser.add_argument("--condition", type=text_or_file, help="of customers: a condition as JSON, or @FILE")
    parser.add_argument("--search", help="what one would type into the search field")
    parser.add_argument("--sort", help="a column; with a minus before it the largest first: --sort=-score")
    parser.add_argument("--columns", help="which columns, by their keys, comma separated")
    parser.add_argument("--where", type=_pair, action="append", default=[], help="NAME=VALUE of the page's address")
    parser.add_argument("--output", type=_path, help="the file to write; LIST-DAY.csv in this folder when left out")
    parser.set_defaults(folder=str(Path.cwd()))  # the server, which may write it, stands in another one


def _export(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member = seen_by(options["email"])
    with translation.override(member.language or settings.LANGUAGE_CODE):
        listing = listing_for(options["list"], member)
        asked = _asked(options, member)
        try:
            listed = asked.read(listing, member)
        except Http404:
            raise CannotExport("There is no such row for this member; see --where.") from None
        path = _place(options, listed)
        part = path.with_name(f".{path.name}.part")
        try:
            rows = write(listing, listed, path.suffix[1:], part, context.progress)
            part.replace(path)
        except OSError as error:
            raise CannotExport(f"{path} cannot be written: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
    record_made(member if options["email"] else None, listing.name, path.suffix[1:], asked.query, rows)
    return {"file": str(path), "rows": rows, "bytes": path.stat().st_size}


def _asked(options: Mapping[str, Any], member: Member) -> Asked:
    segment, view = options["segment"], options["view"]
    return Asked(
        day=date.fromisoformat(options["day"]) if options["day"] else None,
        segment=one_called(segments_for(member), segment, "segment").pk if segment else None,
        condition=options["condition"] or "",
        search=options["search"] or "",
        sort=options["sort"] or "",
        columns=[key for key in (options["columns"] or "").split(",") if key],
        view=one_called(views_in_use(member), view, "view").query if view else None,
        where=dict(options["where"]),
    )


def _place(options: Mapping[str, Any], listed: Listed) -> Path:
    path = Path(options["output"]) if options["output"] else None
    format = options["format"] or (path.suffix[1:] if path else "csv")
    if format not in FORMATS:
        raise CannotExport(f"{path} ends neither in .csv nor in .xlsx: say --format.")
    if path is not None:
        return path if path.suffix == f".{format}" else path.with_name(f"{path.name}.{format}")
    day = f"-{listed.state.day.isoformat()}" if listed.state.day else ""
    return Path(options["folder"]) / f"{options['list']}{day}.{format}"


def _show(done: Mapping[str, Any]) -> str:
    return f"{done['rows']:,} rows written to {done['file']}"


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _path(text: str) -> str:
    path = Path(text).resolve()
    if not path.parent.is_dir():
        raise ArgumentTypeError(f"there is no folder {path.parent}")
    return str(path)


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


COMMANDS = (
    Command("export", "A list as a CSV or Excel file, as a member sees it.", _options, _export, _show, reads=True),
)
