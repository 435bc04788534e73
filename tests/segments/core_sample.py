"""The sample company in an installation: who had a contract on a day, as a fact to ask for."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from tests.core.cs_core_sample import FOLDER

#: The leaf that means accounts under contract.
ACTIVE = {"field": "fact.under_contract", "comparison": "=", "value": True}


def under_contract(day: date) -> bytes:
    """A file of accounts that says which of them have a contract on the day, from then on."""
    text = day.isoformat()
    active = {row["account_id"] for row in _rows("contracts") if row["start_date"] <= text <= row["end_date"]}
    heads = ["account_id", "licensed_users", "under_contract", "valid_from"]
    accounts = [[each["account_id"], each["licensed_users"], each["account_id"] in active, text] for each in _rows()]
    return as_csv([heads, *accounts])


def as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _rows(name: str = "accounts") -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))
