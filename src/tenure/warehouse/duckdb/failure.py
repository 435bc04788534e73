"""What an error of DuckDB means for Tenure: damage is repaired by a rebuild, so nothing else may be taken for it."""

from pathlib import Path

import duckdb

from tenure.warehouse.store import WarehouseDamaged, WarehouseError

DAMAGE = (duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException, duckdb.IOException)
# Errors of input and output that are the machine's, not the file's.
OUTSIDE = {
    "Could not set lock": "another process has it open. Only one may: stop it first.",
    "No space left": "the disk is full. Make room, then try again.",
    "Permission denied": "this user may not read and write it.",
    "Cannot open file": "it cannot be reached.",
    "Is a directory": "it is a folder.",
    "Too many open files": "this process has too many files open.",
}


def explain(error: Exception, path: Path) -> Exception:
    """WarehouseDamaged, WarehouseError when the cause lies outside the file, else the error itself."""
    text = str(error)
    for part, meaning in OUTSIDE.items():
        if part in text and isinstance(error, duckdb.IOException):
            return WarehouseError(f"{path}: {meaning} ({text})")
    # A block whose checksum is wrong comes as a plain duckdb.Error.
    if isinstance(error, DAMAGE) or "Corrupt database file" in text:
        return WarehouseDamaged(f"{path} is damaged: {text}")
    return error
