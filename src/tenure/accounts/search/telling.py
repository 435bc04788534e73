"""What is told of a row that was found: the same columns, by hand in the search's statement or by Django."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Model, QuerySet

from tenure.accounts.models import Account, Contact, User

_TABLE: Final = {model: model._meta.db_table for model in (Account, Contact, User)}
#: What the columns are of: `t` is the row that `k` found.
JOINED: Final[Mapping[type[Model], str]] = {
    Account: f"JOIN {_TABLE[Account]} t ON t.id = k.row_id",
    Contact: f"JOIN {_TABLE[Contact]} t ON t.id = k.row_id JOIN {_TABLE[Account]} a ON a.id = t.account_id",
    User: f"JOIN {_TABLE[User]} t ON t.id = k.row_id",
}
#: As many for every model.
COLUMNS: Final[Mapping[type[Model], tuple[str, ...]]] = {
    Account: ("t.name", "t.external_id", "CAST(t.merged_into_id AS text)", "''", "''", "''", "''", "''"),
    Contact: (
        "t.name", "t.title", "a.name", "a.external_id", "t.email", "t.wechat", "t.external_id", "CAST(t.phones AS text)"
    ),
    User: ("t.name", "t.email", "''", "''", "''", "''", "''", "''"),
}  # fmt: skip
_FIELDS: Final[Mapping[type[Model], tuple[str, ...]]] = {
    Account: ("name", "external_id", "merged_into"),
    Contact: ("name", "title", "account__name", "account__external_id", "email", "wechat", "external_id", "phones"),
    User: ("name", "email"),
}


class Found(NamedTuple):
    """A row: what it is called, what is said beside that, what else it is found by; `merged` lives on in another."""

    row_id: int
    name: str
    detail: str
    others: Sequence[str] = ()
    merged: bool = False


def told(model: type[Model], row_id: int, columns: Sequence[Any]) -> Found:
    """Out of COLUMNS, or of the fields of the same order."""
    if model is Contact:
        name, title, account, account_id, email, wechat, external_id, phones = columns
        numbers = json.loads(phones) if isinstance(phones, str) else phones
        detail = " · ".join(filter(None, (title, account or account_id)))
        return Found(row_id, name, detail, [email, wechat, external_id, *numbers])
    name, other, *more = columns
    merged = model is Account and more[0] is not None
    return Found(row_id, name or other or f"#{row_id}", other if name else "", (), merged)


def recalled(model: type[Model], rows: QuerySet[Any], row_ids: Collection[int]) -> list[Found]:
    """Those of the rows with these ids, in their order."""
    found = rows.filter(pk__any_of=row_ids).values_list("pk", *_FIELDS[model])
    by_id = {row_id: told(model, row_id, columns) for row_id, *columns in found}
    return [by_id[row_id] for row_id in dict.fromkeys(row_ids) if row_id in by_id]
