"""The ledger of erasures: a file of digests in the data folder, so that putting an older backup back undoes none.

A backup does not hold it and restoring one does not touch it. Each line is {"digest", "erased_as", "at"}.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tenure.accounts.models import Contact, ErasedId
from tenure.config import Config

NAME = "erasures.jsonl"


def contact_text(contact: Contact) -> str:
    """What stands for a contact in the ledger: a number alone may be given again after a restore."""
    return f"contact {contact.pk} {contact.created_at.isoformat()}"


def write_ledger(config: Config) -> int:
    """Adds the erasures it does not have yet, synced; returns how many."""
    held = {line["digest"] for line in read_ledger(config)}
    new = [row for row in ErasedId.objects.order_by("pk") if row.digest not in held]
    if not new:
        return 0
    lines = [
        json.dumps({"digest": row.digest, "erased_as": row.erased_as, "at": row.erased_at.isoformat()}) for row in new
    ]
    handle = os.open(config.data / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"\n{line}" for line in lines) + "\n")  # a line cut off by a crash spoils no other
        file.flush()
        os.fsync(file.fileno())
    _sync(config.data)
    return len(new)


def read_ledger(config: Config) -> Iterator[dict[str, Any]]:
    """Its lines; one cut off by a crash is passed over."""
    path = config.data / NAME
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and {"digest", "erased_as"} <= found.keys():
            yield found


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
