"""Which customer fields a sync owns: they are locked here, as those of any other system are."""

from tenure.accounts.models import Field
from tenure.imports.kinds.accounts import Accounts
from tenure.integrations.models import Sync


def own_fields(sync: Sync) -> list[str]:
    """Locks the fields the sync writes and releases those it no longer does; returns the keys of all it owns.

    Within the transaction of the verb that changed it.
    """
    wanted = set(sync.mapping.get("fields", ())) if sync.locks and sync.kind == Accounts.key else set()
    owned = Field.objects.filter(synced_from=sync.name)
    owned.exclude(key__in=wanted).update(synced_from="")
    Field.objects.filter(key__in=wanted, synced_from="").update(synced_from=sync.name)
    return sorted(Field.objects.filter(synced_from=sync.name).values_list("key", flat=True))


def release_fields(name: str) -> None:
    """When the sync of the name is no more, or called otherwise."""
    Field.objects.filter(synced_from=name).update(synced_from="")
