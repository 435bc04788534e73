"""source add, import events|accounts|users|contacts."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tenure.cli.command import Command, Context
from tenure.events.inbox.current import inbox
from tenure.events.models import Source
from tenure.events.sources import create_source
from tenure.imports.contacts import import_contacts
from tenure.imports.files import import_file
from tenure.imports.mapping import read_lookup
from tenure.server import start


def _source_options(parser: ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--key", help="the write key to use; a random one when left out")


def _source_add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    source = create_source(options["name"], actor=None, key=options["key"])
    return {"source": source.name, "key": source.keys.get().key}


def _import_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=_existing, help="CSV, JSON Lines or Parquet, also gzipped")
    parser.add_argument(
        "--map",
        action="extend",
        nargs="+",
        default=[],
        type=_pair,
        metavar="FIELD=COLUMN",
        help="which column a field is read from; a text with columns in braces makes one of several",
    )
    parser.add_argument(
        "--lookup",
        action="append",
        default=[],
        metavar="FIELD=FILE:KEY:VALUE",
        help="replaces a field's values through another file",
    )
    parser.add_argument("--source", default="File import", help="the source the rows are counted to")
    parser.add_argument("--dry-run", action="store_true", help="only read and check")


def _import(kind: str, options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    source = Source.objects.filter(name=options["source"]).first() or create_source(options["source"], actor=None)
    done = import_file(
        kind,
        Path(options["file"]),
        source,
        inbox(),
        zone=context.config.zone,
        mapping=dict(options["map"]),
        lookups=[read_lookup(text) for text in options["lookup"]],
        progress=context.progress,
        dry_run=options["dry_run"],
    )
    context.load()
    return {**asdict(done), "dry_run": options["dry_run"]}


def _import_contacts(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    source = Source.objects.filter(name=options["source"]).first() or create_source(options["source"], actor=None)
    done = import_contacts(
        Path(options["file"]),
        source,
        mapping=dict(options["map"]),
        lookups=[read_lookup(text) for text in options["lookup"]],
        progress=context.progress,
        dry_run=options["dry_run"],
    )
    return {**asdict(done), "dry_run": options["dry_run"]}


def _show_import(done: dict[str, Any]) -> str:
    verb = "would be taken" if done["dry_run"] else "taken"
    lines = [f"{done['rows']:,} rows read, {done['taken']:,} {verb}, {done['refused']:,} refused"]
    lines += [f"  row {each['row']}: {each['reason']}: {each['detail']}" for each in done["problems"]]
    if done["refused"] > len(done["problems"]):
        lines.append(f"  … and {done['refused'] - len(done['problems']):,} more; all are in Settings › Quarantine.")
    return "\n".join(lines)


def _existing(text: str) -> str:
    path = Path(text).resolve()  # the server, which may read it, stands in another folder
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {path}")
    return str(path)


def _pair(text: str) -> tuple[str, str]:
    field, separator, column = text.partition("=")
    if not separator:
        raise ArgumentTypeError(f"{text!r} is not FIELD=COLUMN")
    return field, column


COMMANDS = (
    *(
        Command(
            f"import {kind}",
            f"Import {kind} from a file; importing it again changes nothing.",
            _import_options,
            partial(_import, kind),
            _show_import,
            reads=True,
        )
        for kind in ("events", "accounts", "users")
    ),
    Command(
        "import contacts",
        "Import contacts of known accounts from a file; importing it again changes nothing.",
        _import_options,
        _import_contacts,
        _show_import,
        reads=True,
    ),
    Command(
        "source add",
        "Make a source of events and print its write key.",
        _source_options,
        _source_add,
        lambda made: f"{made['source']}: {made['key']}",
        where="here",
    ),
)
