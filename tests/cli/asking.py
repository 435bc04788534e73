"""Runs a command in this process, its options read as those of a command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from tenure.cli.command import Context
from tenure.cli.commands import COMMANDS


def ask(name: str, *arguments: str) -> Any:
    """The JSON value the command answers with."""
    command, parser = COMMANDS[name], ArgumentParser(exit_on_error=False)
    command.options(parser)
    return command.run(vars(parser.parse_args(arguments)), Context(settings.CONFIG, lambda done, total: None))


def shown(name: str, *arguments: str) -> str:
    """What people read."""
    return COMMANDS[name].show(ask(name, *arguments))
