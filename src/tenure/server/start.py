"""Starting a server: roles, what each needs, and an orderly end."""

import fcntl
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import structlog
import uvicorn
from django.core.management import call_command
from django.db import connection

from tenure.config import Config
from tenure.events.receive import create_app as create_receiver
from tenure.lib.errors import TenureError
from tenure.people import first_run
from tenure.privacy.recalling import recall_erasures
from tenure.server import operators, owner
from tenure.server.app import compose
from tenure.server.control import Control, Runner
from tenure.server.process import Process

log = structlog.get_logger()

ROLES = ("all", "web", "ingest", "worker")


class CannotServe(TenureError):
    """The server cannot start like this; the message says what to change."""


def prepare(config: Config) -> None:
    """Makes the data folder, brings the operational database to the current schema, installs built-in definitions.

    An older database that was put back learns again who was erased since.
    """
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(config):
        call_command("migrate", verbosity=0, interactive=False)
        recall_erasures(config)


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Processes of one installation that start at the same time change the schema one after the other."""
    if config.database_url:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('tenure migrate'))")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('tenure migrate'))")
        return
    with (config.data / "migrate.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def serve(config: Config, host: str, port: int, role: str, run_command: Runner) -> None:
    """Serves until it is told to stop. Raises CannotServe, AlreadyOwned.

    all     everything in one process (the only role that works with DuckDB and pages)
    web     pages only; needs ClickHouse, since DuckDB belongs to one process
    ingest  event paths only
    worker  loader, jobs and schedules, and the operators' endpoints
    """
    if role in {"web", "worker"} and not config.warehouse_url:
        raise CannotServe(
            f"--role {role} needs a warehouse several processes can share: set TENURE_WAREHOUSE_URL to ClickHouse."
        )
    _check_port(host, port)
    # uvicorn ends on SIGTERM and then raises it again: it must not kill the process before everything is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    owns = role in {"all", "worker"}
    ownership = owner.take(config) if owns else None
    prepare(config)
    process = Process.open(config, warehouse=role != "ingest")
    receiver = None
    try:
        url = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::', ''} else host}:{port}"  # noqa: S104
        handlers: dict[str, Any] = {"/-/health": operators.health(process.status), "/-/metrics": operators.metrics()}
        if ownership is not None:
            handlers["/-/command"] = Control(ownership.announce(url).token, run_command)
            process.start()
        if role in {"all", "ingest"}:
            receiver = create_receiver(process.inbox, config, position=process.position, wake=process.wake.set)
        app = compose(receiver, handlers, config.web_threads if role in {"all", "web"} else 0)
        log.info("Tenure serves", url=url, role=role, data=str(config.data))
        if role in {"all", "web"} and first_run.is_fresh():
            log.info(first_run.invitation(config.base_url or url, config.data))
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the pages' own middleware believes configured proxies, and nobody else
            timeout_graceful_shutdown=10,
            timeout_keep_alive=30,
            ws="none",  # no page or SDK uses a web socket
            lifespan="on",
        )
    finally:
        if receiver is not None:
            receiver.close()
        process.stop()
        if ownership is not None:
            ownership.release()


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or error
            raise CannotServe(
                f"Cannot listen on {host}:{port} ({reason}). Choose another with --port or TENURE_PORT."
            ) from error
