"""Letting go of what syncs keep of people: the first rows of a source, until its columns are chosen."""

from datetime import datetime

from tenure.integrations.models import Sync


def without_samples(sync: Sync) -> Sync:
    """The sync with the names of its columns alone; not saved."""
    sync.first_rows = []
    sync.columns = [{**column, "samples": []} for column in sync.columns]
    return sync


def let_go_of_samples(before: datetime | None = None) -> None:
    """Of syncs set up before, or of all: when a person is erased, nobody knows in which rows they are."""
    found = Sync.objects.exclude(first_rows=[])
    for sync in found.filter(created_at__lt=before) if before else found:
        without_samples(sync).save(update_fields=["first_rows", "columns"])
