"""Files: 100,000 customers against reading them with a CSV library and inserting the same rows unvalidated, and the
memory in which a million daily numbers are imported.

Both sides write the same rows of customers and facts to SQLite, in transactions of the same size, with this project's
own bulk insert. The import also keeps the file, reads it twice, compares every row with what is known and counts it.
Memory is that of the command that imports, alone.
"""

import csv
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.installed import TENURE

from benchmarks.ratio import Ratio

ACCOUNTS, VALUES = 100_000, 1_000_000
MEMORY_MB = 400
CHUNK = 5_000
FIRST = date(2024, 1, 1)
NOW = datetime(2026, 6, 30, tzinfo=UTC)


def run(quick: bool = False) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-imports-"))
    accounts, values = (ACCOUNTS // 10, VALUES // 10) if quick else (ACCOUNTS, VALUES)
    try:
        set_up(folder)
        write(
            folder / "customers.csv", ("account_id", "name", "industry", "seats", "delivered_on"), customers(accounts)
        )
        reference = plainly(folder / "customers.csv")
        measured = imported("accounts", folder / "customers.csv", accounts)
        write(folder / "numbers.csv", ("date", "account_id", "queries"), numbers(values))
        seconds, peak = by_command("metric-values", folder / "numbers.csv", values)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    name = f"import of {accounts:,} customers, against reading and inserting them"
    return [
        Ratio(name, measured, reference, "s", at_most=4),
        Ratio(f"peak memory, {values:,} daily numbers imported ({seconds:.0f} s)", peak, MEMORY_MB, "MB", at_most=1),
    ]


def set_up(folder: Path) -> None:
    os.environ["TENURE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tenure.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def customers(count: int) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        yield (
            f"C{n:06}",
            f"客户{n:06}有限公司",
            ("教育", "互联网", "零售")[n % 3],
            n % 500,
            FIRST + timedelta(days=n % 700),
        )


def numbers(count: int) -> Iterator[tuple[object, ...]]:
    """Days of 2,000 of the customers."""
    for n in range(count):
        yield FIRST + timedelta(days=n // 2_000), f"C{n % 2_000:06}", n % 997


def write(path: Path, heads: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)


def plainly(path: Path) -> float:
    """Seconds to read the file and insert its rows as they are; they are taken away again."""
    from django.db import transaction

    from tenure.accounts.models import Account, Fact
    from tenure.lib.bulk import insert_rows

    started = time.perf_counter()
    with path.open(newline="") as file:
        reader = csv.reader(file)
        heads = next(reader)[1:]
        rows = list(reader)
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            with transaction.atomic():
                traits = [dict(zip(heads, row[1:], strict=True)) for row in some]
                accounts = [(row[0], row[1], each) for row, each in zip(some, traits, strict=True)]
                keys = insert_rows(Account, ("external_id", "name", "traits"), accounts)
                facts = [
                    (key, field, value, NOW, NOW, NOW, "plain")
                    for key, each in zip(keys, traits, strict=True)
                    for field, value in each.items()
                ]
                fields = ("account", "field", "value", "valid_from", "confirmed_at", "recorded_at", "source")
                insert_rows(Fact, fields, facts)
    seconds = time.perf_counter() - started
    Fact.objects.all().delete()
    Account.objects.all().delete()
    return seconds


def imported(kind: str, path: Path, rows: int) -> float:
    """Seconds to import the file; every row is new."""
    from tenure.imports.at_once import import_at_once

    started = time.perf_counter()
    counts = import_at_once(kind, path, named={}).counts
    assert (counts.new, counts.rows) == (rows, rows), json.dumps(vars(counts))
    return time.perf_counter() - started


def by_command(kind: str, path: Path, rows: int) -> tuple[float, float]:
    """Seconds and peak memory in MB of `tenure import`, in a process of its own; every row is new."""
    started = time.perf_counter()
    command = [*TENURE, "import", kind, str(path), "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    counts = json.loads(done.stdout)
    assert (counts["new"], counts["rows"]) == (rows, rows), counts
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000
