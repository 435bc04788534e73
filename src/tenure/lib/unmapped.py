"""The database's file as part of this process's memory: quick to read, but every page touched counts as its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unmapped() -> Iterator[None]:
    """Reads the database through its cache of fixed size meanwhile: for work that touches every page of it once."""
    if connection.vendor != "sqlite":
        yield
        return
    bytes_before = _map(0)
    try:
        yield
    finally:
        _map(bytes_before)


def _map(size: int) -> int:
    """Maps at most so many bytes of the file from now on; returns how many it was."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size")
        found = cursor.fetchone()  # none of a database in memory
        cursor.execute(f"PRAGMA mmap_size = {int(size)}")
    return found[0] if found else 0
