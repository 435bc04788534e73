"""source add, import KIND."""

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
from tenure.imports.at_once import import_at_once
from tenure.imports.files import import_file
from tenure.imports.kinds.all import KINDS
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
    _file_options(parser)
    parser.add_argument("--source", default="File import", help="the source the rows are counted to")
    parser.add_argument("--dry-run", action="store_true", help="only read and check")


def _options_at_once(parser: ArgumentParser) -> None:
    _file_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="only read, check and compare")


def _file_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=_existing, help="CSV, Excel, Parquet or JSON Lines")
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


def _import_at_once(kind: str, options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    brought = import_at_once(
        kind,
        Path(options["file"]),
        named=dict(options["map"]),
        replacing={lookup.field: lookup.values for lookup in map(read_lookup, options["lookup"])},
        progress=context.progress,
        dry_run=options["dry_run"],
    )
    counts = brought.counts
    problems = [dict(zip(("line", "column", "value", "reason"), each, strict=True)) for each in brought.problems]
    return {"rows": counts.rows, **vars(counts), "problems": problems, "dry_run": options["dry_run"]}


def _show_at_once(done: dict[str, Any]) -> str:
    would = "would be " if done["dry_run"] else ""
    said = [f"{done[name]:,} {word}" for name, word in (("new", "new"), ("changed", "changed"), ("same", "as before"))]
    lines = [f"{done['rows']:,} rows read: {', '.join(said)}, {done['refused']:,} {would}refused"]
    for each in done["problems"]:
        cell = f"{each['column']} {each['value']!r}: " if each["column"] else ""
        lines.append(f"  line {each['line']}: {cell}{each['reason']}")
    if done["refused"] > len(done["problems"]):
        lines.append("  …" if done["dry_run"] else "  … all are in Settings › Imports, to be downloaded and corrected.")
    return "\n".join(lines)


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
        for kind in ("events", "users")
    ),
    *(
        Command(
            f"import {kind}",
            f"Import {kind} from a file; importing it again changes nothing.",
            _options_at_once,
            partial(_import_at_once, kind),
            _show_at_once,
            reads=True,
        )
        for kind in KINDS
        if kind not in ("events", "users")
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
