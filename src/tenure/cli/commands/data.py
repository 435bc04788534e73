"""source add, import KIND."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tenure.cli.command import Command, Context
from tenure.events.sources import create_source
from tenure.imports.at_once import import_at_once
from tenure.imports.kinds.all import KINDS
from tenure.imports.kinds.sent import USUAL_SOURCE
from tenure.imports.lookups import read_lookups
from tenure.server import start

#: The kinds whose rows come as if a source had sent them.
SENT = ("users", "events")


def _source_options(parser: ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--key", help="the write key to use; a random one when left out")


def _source_add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    source = create_source(options["name"], actor=None, key=options["key"])
    return {"source": source.name, "key": source.keys.get().key}


def _sent_options(parser: ArgumentParser) -> None:
    _file_options(parser)
    parser.add_argument("--source", default="", help=f"the source the rows are counted to; without it {USUAL_SOURCE}")


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
    parser.add_argument("--dry-run", action="store_true", help="only read, check and compare")


def _import(kind: str, options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    brought = import_at_once(
        kind,
        Path(options["file"]),
        named=dict(options["map"]),
        replacing=read_lookups(options["lookup"]),
        counted_to=options.get("source", ""),
        progress=context.progress,
        dry_run=options["dry_run"],
    )
    context.load()
    counts = brought.counts
    problems = [dict(zip(("line", "column", "value", "reason"), each, strict=True)) for each in brought.problems]
    return {"rows": counts.rows, **vars(counts), "problems": problems, "dry_run": options["dry_run"]}


def _show_import(done: dict[str, Any]) -> str:
    would = "would be " if done["dry_run"] else ""
    said = [f"{done[name]:,} {word}" for name, word in (("new", "new"), ("changed", "changed"), ("same", "as before"))]
    lines = [f"{done['rows']:,} rows read: {', '.join(said)}, {done['refused']:,} {would}refused"]
    for each in done["problems"]:
        cell = f"{each['column']} {each['value']!r}: " if each["column"] else ""
        lines.append(f"  line {each['line']}: {cell}{each['reason']}")
    if done["refused"] > len(done["problems"]):
        lines.append("  …" if done["dry_run"] else "  … all are in Settings › Imports, to be downloaded and corrected.")
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
            _sent_options if kind in SENT else _file_options,
            partial(_import, kind),
            _show_import,
            reads=True,
        )
        for kind in KINDS
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
