"""Letting go of what syncs keep of people: the first rows of a source, until its columns are chosen."""

from tenure.integrations.models import Sync


def without_samples(sync: Sync) -> Sync:
    """The sync with the names of its columns alone; not saved."""
    sync.first_rows = []
    sync.columns = [{**column, "samples": []} for column in sync.columns]
    return sync


def let_go_of_samples() -> None:
    """When a person is erased: nobody knows in which rows they are."""
    for sync in Sync.objects.exclude(first_rows=[]):
        without_samples(sync).save(update_fields=["first_rows", "columns"])
