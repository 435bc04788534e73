"""The `tenure` command: parses, finds out which process must do it, prints."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

import django
import structlog

from tenure import __version__
from tenure.cli.command import Command, Context, Progress
from tenure.config import BadSetting, Config
from tenure.lib.errors import TenureError
from tenure.lib.garbage import undisturbed

WAIT_S = 20.0


class NotListening(TenureError):
    """The process that owns the data folder does not listen, yet or any more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it worked, 1 when it failed (its reason on stderr), 2 when it was not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.settings")
    try:
        with undisturbed():
            django.setup()
            from django.db import connections

            from tenure.cli.commands import COMMANDS
            from tenure.settings import CONFIG
    except BadSetting as error:
        return _fail(str(error))

    structlog.configure(  # standard output is for answers
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(CONFIG.log_level),
    )
    parser = build_parser(COMMANDS)
    options = vars(parser.parse_args(arguments))
    command = COMMANDS[options.pop("command")]
    as_json = options.pop("json", False)
    progress = _no_progress if as_json or not sys.stderr.isatty() else _show_progress
    try:
        result = run(command, options, CONFIG, progress)
    except TenureError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130
    finally:
        connections.close_all()  # whoever closes last writes SQLite's log into the file: nothing erased stays there
    text = json.dumps(result, ensure_ascii=False, indent=1, default=str) if as_json else command.show(result)
    if text:
        say(text)
    return int(isinstance(result, dict) and result.get("ok") is False)


def say(text: str) -> None:
    """Prints; whoever reads may have read enough, as `head` does."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python says so again when it ends


def build_parser(commands: Mapping[str, Command]) -> ArgumentParser:
    """The parser of all commands; "source add" is a command of two words."""
    parser = ArgumentParser("tenure", description="Open-source customer success.")
    parser.add_argument("--version", action="version", version=__version__)
    kinds = parser.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for name, command in commands.items():
        first, _, second = name.partition(" ")
        if not second:
            own = kinds.add_parser(first, help=command.help, description=command.help)
        else:
            if first not in groups:
                group = kinds.add_parser(first, help=f"{first} …")
                groups[first] = group.add_subparsers(required=True, metavar="WHAT")
            own = groups[first].add_parser(second, help=command.help, description=command.help)
        command.options(own)
        if command.reads:
            own.add_argument("--json", action="store_true", help="print one JSON document")
        own.set_defaults(command=name)
    return parser


def run(command: Command, options: Mapping[str, Any], config: Config, progress: Progress) -> Any:
    """Runs a command in the process that must run it and returns its JSON value; raises TenureError."""
    from tenure.server import owner

    if command.where == "here":
        return command.run(options, Context(config, progress))
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            ownership = owner.take(config)
            break
        except owner.AlreadyOwned:
            if command.where == "alone":
                raise
            address = owner.running(config)
            try:
                if address is not None:
                    return ask(address.url, address.token, command.name, options, progress)
                if time.monotonic() > deadline:
                    raise
            except NotListening:
                if time.monotonic() > deadline:
                    raise
        time.sleep(0.2)  # a server is starting or ending, or another command works on the data folder
    try:
        if command.where == "alone":
            return command.run(options, Context(config, progress))
        return _run_with_warehouse(command, options, config, progress)
    finally:
        ownership.release()


def _run_with_warehouse(command: Command, options: Mapping[str, Any], config: Config, progress: Progress) -> Any:
    from tenure.lib.unmapped import unmapped
    from tenure.server.process import Process
    from tenure.server.start import prepare

    prepare(config)
    process = Process.open(config)
    try:
        with unmapped():
            process.drain()
            return command.run(options, Context(config, progress, process.drain))
    finally:
        process.stop()


def ask(url: str, token: str, name: str, options: Mapping[str, Any], progress: Progress) -> Any:
    """Has the running server run a command."""
    request = urllib.request.Request(  # noqa: S310  (the address is our own server.json's)
        f"{url}/-/command",
        data=json.dumps({"command": name, "arguments": dict(options)}).encode(),
        headers={"Authorization": f"Bearer {token}"},
    )
    # Straight to this machine, whatever proxy the environment names.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as answer:
            for line in answer:
                said = json.loads(line)
                if "progress" in said:
                    progress(*said["progress"])
                elif "error" in said:
                    raise TenureError(said["error"])
                else:
                    return said["result"]
    except urllib.error.URLError as error:
        kind = NotListening if isinstance(error.reason, ConnectionRefusedError) else TenureError
        raise kind(f"The server at {url} owns the data folder but does not answer: {error}") from error
    raise TenureError("The server stopped before the command was done. Start it again and repeat the command.")


def _show_progress(done: int, total: int) -> None:
    share = done / total if total else 0
    bar = "█" * int(share * 30)
    print(f"\r{bar:<30} {share:4.0%}  {done:,} of {total:,}", end="" if done < total else "\n", file=sys.stderr)


def _no_progress(done: int, total: int) -> None:
    pass


def _fail(text: str) -> int:
    print(f"tenure: {text}", file=sys.stderr)
    return 1
