"""The process's one open store. The server and the command line open it; everything else asks for it here."""

from tenure.warehouse.store import Store, WarehouseError

_store: Store | None = None


def use(store: Store | None) -> None:
    """Sets the process's store; None when it is closed."""
    global _store
    _store = store


def store() -> Store:
    """The open store; raises WarehouseError while it is being rebuilt or in a process that does not own it."""
    if _store is None:
        raise WarehouseError("The warehouse is not open here: it is being rebuilt, or another process owns it.")
    return _store
