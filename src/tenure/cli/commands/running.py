"""serve, demo, owner create."""

import getpass
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from tenure.cli.command import Command, Context
from tenure.config import Config
from tenure.demo import load
from tenure.demo.simulate import Past, simulated
from tenure.events.inbox.current import inbox
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.first_run import create_owner
from tenure.people.models import Member, Role
from tenure.people.passwords import give_password
from tenure.server import owner, start
from tenure.server.assets import ensure_assets, ensure_catalogues
from tenure.server.process import Process
from tenure.warehouse.current import store


def run_for_server(name: str, arguments: Mapping[str, Any], progress: Any) -> Any:
    """What the server does when the command line asks it to run a command."""
    from tenure.cli.commands import COMMANDS
    from tenure.settings import CONFIG

    command = COMMANDS.get(name)
    if command is None or command.where != "owner":
        raise TenureError(f"The server does not run {name!r}. Are it and this command of the same version?")
    return command.run(arguments, Context(CONFIG, progress, _wait_until_loaded))


def _wait_until_loaded() -> None:
    """The server's loader takes what is in the inbox by itself; this waits for it."""
    last = inbox().last_id()
    while store().position() < last:
        time.sleep(0.1)


def _serve_options(parser: ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (TENURE_HOST)")
    parser.add_argument("--port", type=int, help="port to listen on (TENURE_PORT)")
    parser.add_argument("--role", choices=start.ROLES, default="all", help="which part of the work this process does")


def _serve(options: Mapping[str, Any], context: Context) -> None:
    config = context.config
    ensure_assets()
    start.serve(config, options["host"] or config.host, options["port"] or config.port, options["role"], run_for_server)


def _demo_options(parser: ArgumentParser) -> None:
    _serve_options(parser)
    parser.add_argument("--accounts", type=int, default=300, help="how many customers the demo company has")
    parser.add_argument("--no-serve", action="store_true", help="only make the data")


def _demo(options: Mapping[str, Any], context: Context) -> None:
    config = context.config
    ensure_catalogues()
    with ThreadPoolExecutor(1) as beside:  # the bundle is there long before the data
        bundle = beside.submit(ensure_assets)
        if load.is_made(config):
            start.prepare(config)
        else:
            with simulated(clock.today(config.zone) - timedelta(days=1), options["accounts"]) as past:
                start.prepare(config)
                _make_demo(config, past)
        bundle.result()
    if not options["no_serve"]:
        print(f"\nSign in as {load.OWNER_EMAIL} with the password {load.OWNER_PASSWORD}\n", flush=True)
        _serve(options, context)


def _make_demo(config: Config, past: Past) -> None:
    ownership = owner.take(config)
    process = Process.open(config)
    try:
        if Member.objects.exists() and not load.is_begun():
            raise TenureError(f"{config.data} holds data of your own. Set TENURE_DATA to an empty folder for the demo.")
        assert process.store is not None and process.loader is not None
        load.make(config, process.inbox, process.store, process.loader, _show, past)
    finally:
        process.stop()
        ownership.release()


def _show(what: str, done: int, total: int) -> None:
    label = {"events": "Two years of events", "days": "Every day's numbers"}[what]
    bar = "█" * (done * 30 // max(total, 1))
    if sys.stderr.isatty() or done == total or done % 73 == 0:
        end = "\n" if done >= total or not sys.stderr.isatty() else ""
        print(f"\r{label:<22} {bar:<30} {done * 100 // max(total, 1):>3} %", end=end, file=sys.stderr, flush=True)


def _owner_options(parser: ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--name", default="")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input instead of asking"
    )


def _owner_create(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    password = ask_password(options)
    try:
        validate_email(options["email"])
        validate_password(password)
        member = create_owner(email=options["email"], password=password, name=options["name"])
    except ValidationError as error:
        raise TenureError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise TenureError(f"{options['email']} is a member already.") from error
    return {"email": member.email, "role": member.role}


def _password_options(parser: ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input instead of asking"
    )


def _owner_password(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    member = Member.objects.filter(email=options["email"].lower(), role=Role.OWNER).first()
    if member is None:
        raise TenureError(f"No owner signs in as {options['email']}.")
    password = ask_password(options)
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise TenureError(" ".join(error.messages)) from error
    give_password(member, password, by="The command line")
    return {"email": member.email}


def ask_password(options: Mapping[str, Any]) -> str:
    """From standard input where the options say so, else from whoever sits there."""
    return sys.stdin.readline().rstrip("\n") if options["password_stdin"] else getpass.getpass("Password: ")


COMMANDS = (
    Command("serve", "Serve Tenure.", _serve_options, _serve, lambda _: "", where="here"),
    Command("demo", "Make the demo company and serve it.", _demo_options, _demo, lambda _: "", where="here"),
    Command(
        "owner create",
        "Make an owner who can sign in.",
        _owner_options,
        _owner_create,
        lambda made: f"{made['email']} can sign in.",
        where="here",
    ),
    Command(
        "owner password",
        "Give an owner who cannot sign in any more a new password.",
        _password_options,
        _owner_password,
        lambda done: f"{done['email']} can sign in with the new password.",
        where="here",
    ),
)
