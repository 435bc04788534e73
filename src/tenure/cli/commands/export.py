"""export: any list of the product as a file, as a member sees it."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.utils import translation

from tenure.cli.command import Command, Context
from tenure.exports.file import FORMATS
from tenure.exports.making import CannotExport, listing_for, readable, write
from tenure.exports.recorded import record_made
from tenure.people.models import Member, Role
from tenure.segments.access import segments_for
from tenure.ui.listing import Listed
from tenure.ui.page import request_of

_CUSTOMERS = "customers"


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST", help="customers, contacts, users, follow-ups, … (docs/exports.md)")
    parser.add_argument("--format", choices=FORMATS, help="csv or xlsx; as the name of --output ends when left out")
    parser.add_argument("--as", metavar="EMAIL", dest="email", help="what this member sees; all, when left out")
    parser.add_argument("--day", type=_iso_day, help="YYYY-MM-DD; the latest day with numbers when left out")
    parser.add_argument("--segment", help="of customers: those of this segment, by its name or number")
    parser.add_argument("--condition", type=_text, help="of customers: a condition as JSON, or @FILE")
    parser.add_argument("--search", help="what one would type into the search field")
    parser.add_argument("--sort", help="a column; with a minus before it the largest first: --sort=-score")
    parser.add_argument("--columns", help="which columns, by their keys, comma separated")
    parser.add_argument("--where", type=_pair, action="append", default=[], help="NAME=VALUE of the page's address")
    parser.add_argument("--output", type=_path, help="the file to write; LIST-DAY.csv in this folder when left out")
    parser.set_defaults(folder=str(Path.cwd()))  # the server, which may write it, stands in another one


def _export(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member = _member(options["email"])
    with translation.override(member.language or settings.LANGUAGE_CODE):
        listing = listing_for(options["list"], member)
        query = _query(options, member)
        try:
            listed = readable(listing.read(request_of(member, query)))
        except Http404:
            raise CannotExport("There is no such row for this member; see --where.") from None
        _check(listed, options)
        path = _place(options, listed)
        part = path.with_name(f".{path.name}.part")
        try:
            rows = write(listing, listed, path.suffix[1:], part, context.progress)
            part.replace(path)
        except OSError as error:
            raise CannotExport(f"{path} cannot be written: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
    record_made(member if options["email"] else None, listing.name, path.suffix[1:], query, rows)
    return {"file": str(path), "rows": rows, "bytes": path.stat().st_size}


def _member(email: str | None) -> Member:
    """Whose eyes it is seen with: without a name an owner's, who sees all."""
    if email is None:
        owner = Member.objects.filter(role=Role.OWNER, is_active=True).order_by("pk").first()
        if owner is None:
            raise CannotExport("There is no owner yet. `tenure member add` makes one.")
        return owner
    member = Member.objects.filter(email__iexact=email, is_active=True).first()
    if member is None:
        raise CannotExport(f"No member who may sign in has the address {email!r}. `tenure member list` shows them.")
    return member


def _query(options: Mapping[str, Any], member: Member) -> str:
    """The address of the page's list."""
    asked: dict[str, Any] = dict(options["where"])
    if options["list"] != _CUSTOMERS and (options["segment"] or options["condition"]):
        raise CannotExport("--segment and --condition narrow customers, and no other list.")
    if options["segment"]:
        asked["segment"] = _segment(options["segment"], member)
    names = {"day": "day", "condition": "condition", "search": "q", "sort": "sort", "columns": "columns"}
    asked |= {parameter: options[name] for name, parameter in names.items() if options[name]}
    return urlencode(asked)


def _segment(text: str, member: Member) -> int:
    seen = segments_for(member)
    found = list(seen.filter(name=text)) or (list(seen.filter(pk=int(text))) if text.isdecimal() else [])
    if len(found) != 1:
        said = (
            "more than one has this name: give its number" if found else "none of this name is shared with the member"
        )
        raise CannotExport(f"There is no segment {text!r}: {said}.")
    return found[0].pk


def _check(listed: Listed, options: Mapping[str, Any]) -> None:
    """What a page passes over in silence is said here."""
    known = {column.key for column in listed.state.columns}
    asked = {*filter(None, (options["columns"] or "").split(",")), *filter(None, [(options["sort"] or "").lstrip("-")])}
    if unknown := sorted(asked - known):
        columns = ", ".join(column.key for column in listed.state.columns)
        raise CannotExport(f"There is no column {unknown[0]!r}. There are: {columns}.")
    if options["sort"] and listed.state.sort != options["sort"].lstrip("-"):
        raise CannotExport(f"This list cannot be sorted by {options['sort']!r}.")


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


def _text(text: str) -> str:
    return Path(text[1:]).read_text() if text.startswith("@") else text


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
