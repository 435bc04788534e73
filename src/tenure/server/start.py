"""Starting a server: roles, what each needs, and an orderly end."""

import socket
from contextlib import closing
from typing import Any

import structlog
import uvicorn
from django.core.management import call_command

from tenure.config import Config
from tenure.events.receive import create_app as create_receiver
from tenure.lib.errors import TenureError
from tenure.people import first_run
from tenure.server import operators, owner
from tenure.server.app import compose
from tenure.server.control import Control, Runner
from tenure.server.process import Process

log = structlog.get_logger()

ROLES = ("all", "web", "ingest", "worker")


class CannotServe(TenureError):
    """The server cannot start like this; the message says what to change."""


def prepare(config: Config) -> None:
    """Makes the data folder, brings the operational database to the current schema, installs built-in definitions."""
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)


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
    prepare(config)
    owns = role in {"all", "worker"}
    ownership = owner.take(config) if owns else None
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
            timeout_graceful_shutdown=10,
            timeout_keep_alive=30,
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
            raise CannotServe(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port or TENURE_PORT."
            ) from error
