"""source add, import events|accounts|users."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from tenure.cli.command import Command, Context
from tenure.events.sources import create_source
from tenure.server import start


def _source_options(parser: ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--key", help="the write key to use; a random one when left out")


def _source_add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    source = create_source(options["name"], actor=None, key=options["key"])
    return {"source": source.name, "key": source.keys.get().key}


COMMANDS = (
    Command(
        "source add",
        "Make a source of events and print its write key.",
        _source_options,
        _source_add,
        lambda made: f"{made['source']}: {made['key']}",
        where="here",
    ),
)
