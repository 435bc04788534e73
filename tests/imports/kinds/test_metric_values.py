"""Numbers that another system counted, from files."""

from datetime import date

import pytest

from tenure.accounts.models import Account
from tenure.health.counted.metrics import counted_on
from tenure.health.metrics import metrics_in_use
from tenure.health.models import CountedValue
from tenure.jobs.models import Job
from tests.imports.desk import counts, problems

WIDE = 'date,account_id,queries,错误\n2026-03-01,acme,10,1\n2026-03-02,acme,"1,200",\n2026-03-02,bolt,3,2\n'
LONG = "day,account,metric,value\n2026-03-01,acme,queries,10\n2026-03-02,acme,queries,1200\n2026-03-02,bolt,queries,3\n"


@pytest.fixture(autouse=True)
def accounts(db):
    Account.objects.bulk_create([Account(external_id="acme", name="Acme"), Account(external_id="bolt")])


def now():
    rows = CountedValue.objects.filter(until=None).order_by("series__key", "account", "day")
    return [(row.series.name, row.account.external_id, row.day.day, row.value) for row in rows.select_related()]


QUERIES = [("queries", "acme", 1, 10.0), ("queries", "acme", 2, 1200.0), ("queries", "bolt", 2, 3.0)]


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_it_imports_a_metric_a_column_or_a_metric_a_row(desk, text):
    done = desk.bring("metric-values", text)
    assert counts(done) == (3, 0, 0, 0)
    assert [row for row in now() if row[0] == "queries"] == QUERIES
    assert counts(desk.bring("metric-values", text)) == (0, 0, 3, 0)
    assert CountedValue.objects.count() == len(now())


def test_it_makes_metrics_of_them_that_are_sums_of_days(desk):
    desk.bring("metric-values", WIDE)
    acme = Account.objects.get(external_id="acme")
    assert {"counted_queries", "counted_queries_28"} <= metrics_in_use().keys()
    names = ["counted:queries:1", "counted:queries:28", "counted:queries:28:highest"]
    counted = counted_on(date(2026, 3, 2), names)
    assert [counted[name][acme.pk] for name in names] == [1200, 1210, 1200]
    assert acme.first_day == date(2026, 3, 1)
    assert Job.objects.filter(kind="close_dirty_days").exists()


def test_it_refuses_what_is_no_number_no_day_or_no_customer(desk):
    text = "date,account_id,queries\n2026-02-30,acme,1\n2999-01-01,acme,1\n2026-03-01,acme,many\n2026-03-01,zoo,1\n2026-03-01,bolt,\n"
    done = desk.bring("metric-values", text + "2026-03-02,acme,1\n" * 9 + "2026-03-03,acme,5\n")
    assert counts(done) == (2, 0, 8, 5)
    assert [problem[:3] for problem in problems(done)] == [
        (2, "date", "2026-02-30"),
        (3, "date", "2999-01-01"),
        (4, "queries", "many"),
        (5, "account_id", "zoo"),
        (6, "", ""),
    ]


def test_it_takes_back_in_any_order(desk):
    first = desk.bring("metric-values", WIDE)
    second = desk.bring("metric-values", WIDE.replace(",10,", ",11,"))
    third = desk.bring("metric-values", WIDE.replace(",10,", ",12,"))
    assert [counts(each)[1] for each in (second, third)] == [1, 1]
    desk.undo(second)
    assert now()[-3][3] == 12
    desk.undo(third)
    assert [row for row in now() if row[0] == "queries"] == QUERIES
    desk.undo(first)
    assert now() == []
    assert counts(desk.bring("metric-values", WIDE)) == (3, 0, 0, 0)
