"""Customers with two years behind them: list, customer page and timeline, against a bare view of 50 rows.

10,000 accounts, 60,000 contacts, 500,000 activities and 2,000,000 facts, asked by a leader who sees 3,000 of the
accounts: once on SQLite, once on a PostgreSQL started for it. The bare view is that of customers_list.
"""

import contextlib
import multiprocessing
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from tests import postgres

from benchmarks.customers_list import ACCOUNTS, DAY, add_bare_view, client_of, measure_all, p95, set_up
from benchmarks.ratio import Ratio

CONTACTS, ACTIVITIES, FACTS = 60_000, 500_000, 2_000_000
BOOK, SEEN = 50, 3_000  # accounts of a CSM, and of a leader's department
PAGES = {
    "list": ("/customers/", "/customers/?sort=-breadth&page=30", "/customers/?q=ab&sort=days_since_last"),
    "customer page": tuple(f"/customers/{pk}/" for pk in (1, 1_234, 2_999)),
    "timeline": tuple(f"/customers/{pk}/timeline/" for pk in (1, 1_234, 2_999)),
}


def run(quick: bool = False) -> list[Ratio]:
    if reason := postgres.missing():
        print(reason, flush=True)
    databases = ["SQLite"] if postgres.missing() else ["SQLite", "PostgreSQL"]
    found = []
    for database in databases:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
            found += process.submit(measure, database, quick).result()
    return found


def measure(database: str, quick: bool) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-customers-"))
    try:
        with _address(database) as address:
            if address:
                os.environ["TENURE_DATABASE_URL"] = address
            set_up(folder)
            leader = fill(0.02 if quick else 1)
            get = client_of(leader)
            add_bare_view(get("/customers/").decode())
            times = measure_all(get, [*PAGES.values(), ("/bare/",)], 5 if quick else 30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bare = p95(times[-1])
    return [
        Ratio(f"{name} on {database}, p95, against a bare view of 50 rows", p95(each), bare, "ms", at_most=3)
        for name, each in zip(PAGES, times, strict=False)
    ]


@contextlib.contextmanager
def _address(database: str) -> Iterator[str]:
    if database == "SQLite":
        yield ""
    else:
        with postgres.cluster() as address:
            yield address


def fill(share: float):
    """People, books, contacts, activities and facts, all spread evenly; returns the leader. `share` of the rows."""
    from tenure.accounts.assignments.roles import install_roles
    from tenure.accounts.models import Assignment, AssignmentChange, AssignmentRole, Contact, Fact
    from tenure.activity.models import AccountActivity, Activity
    from tenure.core.health_document import from_document
    from tenure.health.definitions import draft, set_thresholds
    from tenure.lib.bulk import insert_rows
    from tenure.people.models import Department, Member, Role

    chance = random.Random(3)
    definition = draft()
    assert definition is not None
    metrics = from_document(definition.document).metrics
    set_thresholds(definition, {metric: [chance.uniform(0, 90) for _ in range(1_000)] for metric in metrics}, 1_000)
    now = datetime.combine(DAY, time(12), UTC)
    install_roles()
    csm = AssignmentRole.objects.get(key="csm")
    inside, outside = (Department.objects.create(name=name) for name in ("East", "West"))
    leader = Member.objects.create_user("leader@example.com", role=Role.LEADER, department=inside)
    change = AssignmentChange.objects.create(at=now, recorded_at=now)
    for first in range(1, ACCOUNTS + 1, BOOK):
        department = inside if first <= SEEN else outside
        member = Member.objects.create_user(f"csm{first}@example.com", role=Role.CSM, department=department)
        accounts = range(first, first + BOOK)
        insert_rows(
            Assignment,
            ("account", "role", "member", "since", "began"),
            [(pk, csm.pk, member.pk, now - timedelta(days=400), change.pk) for pk in accounts],
        )
    insert_rows(
        Contact,
        ("account", "name", "email", "search_text", "created_at", "changed_at"),
        [
            (1 + n % ACCOUNTS, f"Person {n}", f"p{n}@example.com", f"person {n} p{n}@example.com", now, now)
            for n in range(int(CONTACTS * share))
        ],
    )
    moments = [now - timedelta(minutes=2 * n) for n in range(int(ACTIVITIES * share))]
    keys = insert_rows(
        Activity,
        ("verb", "at", "recorded_at", "actor", "by", "text"),
        [("contact.changed", at, at, leader.pk, "Leader", f"Talked about {chance.randrange(900)}") for at in moments],
    )
    insert_rows(
        AccountActivity,
        ("activity", "account", "at"),
        [(key, 1 + n % ACCOUNTS, at) for n, (key, at) in enumerate(zip(keys, moments, strict=True))],
    )
    for start in range(0, int(FACTS * share), 100_000):
        rows = []
        for n in range(start, min(start + 100_000, int(FACTS * share))):
            at = now - timedelta(minutes=n // 2)
            rows.append((1 + n % ACCOUNTS, f"field_{n // ACCOUNTS % 20}", n, at, at, at, "import"))
        insert_rows(Fact, ("account", "field", "value", "valid_from", "confirmed_at", "recorded_at", "source"), rows)
    return leader
