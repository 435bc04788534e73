"""Files: 100,000 customers against reading them with a CSV library and inserting the same rows unvalidated; then a
million daily numbers: in how much memory, how steadily the bar moves, and what is there after a kill -9 in the middle.

Both sides write the same rows of customers and facts to SQLite, in transactions of the same size, with this project's
own bulk insert. The import also keeps the file, reads it twice, compares every row with what is known and counts it.
Memory is that of the command that imports, alone. The numbers are imported into two copies of one data folder, in one
of which the command is killed and started again.
"""

import csv
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.alone import afresh
from benchmarks.ratio import Ratio
from benchmarks.watched import watch

ACCOUNTS, VALUES = 100_000, 1_000_000
MEMORY_MB = 400
CHUNK = 5_000
FIRST = date(2024, 1, 1)
NOW = datetime(2026, 6, 30, tzinfo=UTC)


def run(quick: bool = False) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-imports-"))
    accounts, values = (ACCOUNTS // 10, VALUES // 10) if quick else (ACCOUNTS, VALUES)
    try:
        reference, measured = afresh(both_ways, folder, accounts)
        write(folder / "numbers.csv", ("date", "account_id", "queries"), numbers(values))
        name = f"import of {accounts:,} customers, against reading and inserting them"
        return [Ratio(name, measured, reference, "s", at_most=4), *daily_numbers(folder, values)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def both_ways(folder: Path, count: int) -> tuple[float, float]:
    """Seconds to insert the customers plainly, and to import them. In a process of its own: what it holds would count
    as the peak of the commands that are measured next."""
    set_up(folder)
    write(folder / "customers.csv", ("account_id", "name", "industry", "seats", "delivered_on"), customers(count))
    reference = plainly(folder / "customers.csv")
    return reference, imported("accounts", folder / "customers.csv", count)


def daily_numbers(folder: Path, count: int) -> Iterator[Ratio]:
    """The file of numbers imported whole, and killed in the middle and begun again."""
    path, killed = folder / "numbers.csv", folder / "killed"
    shutil.copytree(folder, killed)
    whole = watch("metric-values", path, folder)
    broken = watch("metric-values", path, killed, kill_at=0.7)  # the first third only reads
    with closing(sqlite3.connect(killed / "tenure.sqlite3")) as database:
        [part] = database.execute("SELECT count(*) FROM health_countedvalue").fetchone()
    again = watch("metric-values", path, killed)
    assert (whole.status, broken.status, again.status) == (0, -9, 0), (whole, broken, again)
    assert 0 < part < count, part
    expected = left_by(folder)  # only now: what this process holds would count as a child's peak
    assert len(expected) == count + 1
    peak = max(whole.peak_mb, again.peak_mb)
    differing = len(expected ^ left_by(killed))
    rows = f"{count:,} daily numbers"
    yield Ratio(f"peak memory, {rows} imported ({whole.seconds:.0f} s)", peak, MEMORY_MB, "MB", at_most=1)
    yield Ratio(
        f"longest halt of the bar, {rows} (at {whole.still_at:.0%})", whole.still_s, whole.seconds, "s", at_most=0.1
    )
    yield Ratio(f"rows that differ, killed after {part:,} and begun again", differing, count, "rows", at_most=0)


def left_by(data: Path) -> set[tuple[object, ...]]:
    """The daily numbers of an installation, each as a row, and one more: how its import of them ended."""
    with closing(sqlite3.connect(data / "tenure.sqlite3")) as database:
        held = set(database.execute("SELECT series_id, account_id, day, value, until FROM health_countedvalue"))
        counted = "SELECT state, new, changed, same, refused FROM imports_fileimport WHERE kind = 'metric-values'"
        return held | set(database.execute(counted))


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
