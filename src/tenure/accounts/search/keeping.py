"""The search's keys kept in step with names: whoever writes a name says so here, in the same transaction.

A few rows get their keys at once. Of many only the keys that are wrong now are taken away, and a job writes the new
ones: a row without keys is one whose keys are to be written, so a row that came by another road gets its own, too.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from tenure.accounts.models import Account, AccountKey, Contact, ContactKey, SearchKey, User, UserKey
from tenure.core.search.keys import keys
from tenure.jobs.queue import enqueue
from tenure.lib.bulk import insert_rows

#: The job that writes the keys of rows that have none.
JOB: Final = "write_search_keys"
_AT_ONCE: Final = 100  # rows whose keys are written with the name; more would make whoever writes names wait
_BATCH: Final = 500
_NOWHERE: Final = 0  # no Place


@dataclass(frozen=True)
class Findable:
    """How rows are found: by what stands in `fields`, in the first `inside` of them inside words as well. A field may
    hold several texts. `keys` is the table of keys."""

    keys: type[SearchKey]
    fields: tuple[str, ...]
    inside: int

    def all_keys(self) -> QuerySet[Any]:
        return self.keys._default_manager.all()


#: By model.
FOUND: Final[Mapping[type[Model], Findable]] = {
    Account: Findable(AccountKey, ("name", "external_id"), inside=2),
    Contact: Findable(ContactKey, ("name", "email", "wechat", "external_id", "phones"), inside=1),
    User: Findable(UserKey, ("name", "email"), inside=1),
}


def names_changed(model: type[Model], row_ids: Collection[int], *, new: bool = False) -> None:
    """To be told, within the caller's transaction and after the rows were written, whose names are others now, who
    came into sight and who left it. `new`: nobody could find them before."""
    if not row_ids:
        return
    if not new:
        FOUND[model].all_keys().filter(row__any_of=row_ids).delete()
    if len(row_ids) <= _AT_ONCE:
        _write(model, _in_sight(model).filter(pk__any_of=row_ids))
    else:
        enqueue(JOB, key=JOB)


def waiting() -> int:
    """How many rows wait for their keys."""
    return sum(_without_keys(model).count() for model in FOUND)


def write_waiting(model: type[Model], after: int = 0) -> tuple[int, int] | None:
    """Writes the keys of some rows beyond the row `after` that wait for theirs; returns the last one and how many."""
    with transaction.atomic():
        some = _without_keys(model).filter(pk__gt=after).order_by("pk")[:_BATCH]
        written = _write(model, some.select_for_update(of=("self",), no_key=True))
    return (max(written), len(written)) if written else None


def _in_sight(model: type[Model]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    if model is Contact:
        return rows.filter(removed_at=None).exclude(name="")
    return rows.filter(merged_into=None).exclude(name="", email="") if model is User else rows


def _without_keys(model: type[Model]) -> QuerySet[Any]:
    return _in_sight(model).filter(~Exists(FOUND[model].all_keys().filter(row=OuterRef("pk"))))


def _write(model: type[Model], rows: QuerySet[Any]) -> list[int]:
    found = FOUND[model]
    texts = {row[0]: list(_texts(row[1:], found.inside)) for row in rows.values_list("pk", *found.fields)}
    insert_rows(found.keys, ("place", "key", "row"), _keys(texts))
    return list(texts)


def _texts(values: Sequence[Any], inside: int) -> Iterator[tuple[str, bool]]:
    """The texts, and whether inside words as well; telephone numbers also without what stands between their figures."""
    for place, value in enumerate(values):
        some = [*value, *(re.sub(r"\D", "", each) for each in value)] if isinstance(value, list) else [value]
        yield from ((text, place < inside) for text in some if text)


def _keys(texts: Mapping[int, Sequence[tuple[str, bool]]]) -> Iterator[tuple[int, bytes, int]]:
    for row_id, some in texts.items():
        found = {(key.place, key.text) for text, inside in some for key in keys(text, inside)}
        yield from ((place, text.encode(), row_id) for place, text in sorted(found))
        if not found:  # it says nothing; without a key it would wait for ever
            yield _NOWHERE, b"", row_id
