"""Which column of a file is taken for the customer's id, by its name alone."""

import pytest

from tenure.imports.columns import ColumnSeen, suggest
from tenure.imports.kinds.all import KINDS
from tenure.imports.values.detecting import Holds


@pytest.mark.parametrize(
    ("kind", "columns", "mapped"),
    [
        ("accounts", "Customer,Plan", {"account": "Customer"}),
        ("accounts", "客户,套餐", {"account": "客户"}),
        ("accounts", "id,Client", {"account": "id", "name": "Client"}),
        ("accounts", "company,Customer No", {"account": "Customer No", "name": "company"}),
        ("contacts", "Client ID,name", {"account": "Client ID", "name": "name"}),
        ("tickets", "id,client,created_at", {"account": "client", "at": "created_at", "id": "id"}),
    ],
)
def test_it_takes_a_column_for_the_customers_id(db, kind, columns, mapped):
    seen = [ColumnSeen(name, Holds.TEXT, None, False, []) for name in columns.split(",")]
    found = suggest(KINDS[kind], seen).fields
    assert {key: column for key, column in found.items() if key in ("account", "name", "at", "id")} == mapped
