"""Which customer fields a sync owns: they are locked here, as those of any other system are."""

from tenure.accounts.models import Field
from tenure.imports.kinds.accounts import Accounts
from tenure.integrations.models import Sync


def own_fields(sync: Sync, called: str = "") -> None:
    """Locks the fields the sync writes, and releases those it had locked and no longer writes.

    `called` is how the sync was called before. Within the transaction of the verb that changes and saves it.
    """
    wanted = set(sync.mapping.get("fields", ())) if sync.locks and sync.kind == Accounts.key else set()
    release_fields(sync, called or sync.name)
    free = Field.objects.filter(key__in=wanted, synced_from="")
    sync.owned = sorted(free.values_list("key", flat=True))
    free.update(synced_from=sync.name)


def release_fields(sync: Sync, called: str) -> None:
    """Those the sync locked; one that people gave to the system of that name by hand stays locked."""
    Field.objects.filter(key__in=sync.owned, synced_from=called).update(synced_from="")
