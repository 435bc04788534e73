"""Kinds of jobs: each slice registers a function per kind when the process starts. A row only names a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise

from tenure.jobs.models import Job
from tenure.jobs.run import Run
from tenure.lib.errors import TenureError
from tenure.people.models import Member

#: Does one job; what it returns is kept as the job's result. Run again after a crash, so it must be idempotent.
Handler = Callable[[Run], Mapping[str, object] | None]
#: Puts the work of an ended job into the queue again, in the caller's transaction; raises TenureError where it cannot.
Again = Callable[[Job, Member], Job]


class UnknownKind(TenureError):
    """A job names a kind no part of this process has registered: it is of another version, or its part is off."""


@dataclass(frozen=True)
class Kind:
    """`lease_s`: how long a worker may be silent before another takes the job over. `again` is for work that is
    noted as ended elsewhere, too, where a job of the same payload alone would find nothing to do."""

    name: str
    handle: Handler
    title: str | Promise
    every_s: int | None
    daily_at: time | None
    lease_s: int
    again: Again | None


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    handle: Handler,
    title: str | Promise,
    *,
    every_s: int | None = None,
    daily_at: time | None = None,
    lease_s: int = 300,
    again: Again | None = None,
) -> None:
    """Makes a kind known. `every_s` or `daily_at` (workspace zone) schedule it; leave both out for jobs on demand."""
    _kinds[name] = Kind(name, handle, title, every_s, daily_at, lease_s, again)


def kind(name: str) -> Kind:
    """The kind; raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No part of this process does jobs of kind {name!r}.") from None


def kinds() -> list[Kind]:
    """All kinds by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def title_of(name: str) -> str:
    """What people call the kind; its name when it is not known here."""
    return str(_kinds[name].title) if name in _kinds else name
