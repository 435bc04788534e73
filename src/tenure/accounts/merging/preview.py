"""What merging two accounts would bring together, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Account
from tenure.accounts.values import canonical
from tenure.warehouse.store import EventFilter, Store

#: Relations to an account that are counted, by the name of the model; those of rooms above are found by it too.
COUNTED: Final = ("userlink", "fact", "contact", "assignment", "followup", "ticket", "surveyanswer", "opportunity")


@dataclass(frozen=True)
class Choice:
    """A field both accounts have a value of, and not the same."""

    field: str
    survivors: Any
    merged: Any


@dataclass(frozen=True)
class Preview:
    """What the merged account brings along. `rows` counts rows by the name of their model, as COUNTED.

    `choices` are fields with two values; `only_merged` those the survivor would take over because it has none.
    """

    events: int
    users: int
    rows: Mapping[str, int]
    choices: Sequence[Choice]
    only_merged: Mapping[str, Any]


def preview(merged: Account, survivor: Account, day: date, store: Store) -> Preview:
    """Counts up to `day`; fields as they are now."""
    ours, theirs = survivor.traits, merged.traits
    differing = [
        field for field in sorted(theirs) if field in ours and canonical(theirs[field]) != canonical(ours[field])
    ]
    return Preview(
        events=store.count_events(EventFilter(account_ids=[merged.pk])),
        users=store.opened_users(merged.pk, day),
        rows=_rows(members_of(merged.pk)),
        choices=[Choice(field, ours[field], theirs[field]) for field in differing],
        only_merged={field: value for field, value in sorted(theirs.items()) if field not in ours},
    )


def _rows(account_ids: Sequence[int]) -> dict[str, int]:
    counts = {}
    for relation in Account._meta.related_objects:
        model = relation.related_model
        if model._meta.model_name in COUNTED:
            rows = model._default_manager.filter(**{f"{relation.field.name}__in": account_ids})
            counts[str(model._meta.model_name)] = rows.count()
    return counts
