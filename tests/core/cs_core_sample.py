"""The sample company of tests/data/cs_core_sample; expected.json was computed by DuckDB SQL and by plain Python apart."""

import csv
import gzip
import json
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "cs_core_sample"


@cache
def expected() -> dict:
    return json.loads((FOLDER / "expected.json").read_text())


@cache
def queries() -> dict[str, dict[date, float]]:
    """Queries by account and day."""
    daily: dict[str, dict[date, float]] = defaultdict(dict)
    with gzip.open(FOLDER / "metrics_daily.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            daily[row["account_id"]][date.fromisoformat(row["date"])] = float(row["queries"])
    return daily


def renewed_by(day: date) -> set[str]:
    """Accounts that had signed a renewal by the day."""
    with (FOLDER / "contracts.csv").open() as file:
        rows = csv.DictReader(file)
        return {
            row["account_id"]
            for row in rows
            if row["kind"] == "renewal" and date.fromisoformat(row["signed_date"]) <= day
        }
