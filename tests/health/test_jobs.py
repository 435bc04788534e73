from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account, User
from tenure.core.document import BadDocument
from tenure.health import jobs
from tenure.health.close_day import close_days
from tenure.health.explain import explain
from tenure.health.metrics import metrics_in_use
from tenure.health.models import HealthDefinition
from tenure.jobs.claim import claim
from tenure.jobs.models import Job, JobState
from tenure.jobs.queue import enqueue
from tenure.jobs.run import Interrupted, Run
from tenure.jobs.worker import run_once
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.warehouse.schema import HEALTH_COLUMNS, metric_column
from tests.health.company import EXPORT, FIRST, LAST, days
from tests.health.conftest import opened

ZONE = ZoneInfo("UTC")
TODAY = LAST + timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def company(closed_company):
    return closed_company


@pytest.fixture
def store(company):
    return company.store


def all_rows(store):
    columns = [*HEALTH_COLUMNS, *(metric_column(metric.pk) for metric in metrics_in_use().values())]
    series = store.account_series(range(1, 11), columns, FIRST, LAST)
    return {(day, account): values for account, day, *values in series}


def work(kind, payload=None) -> Job:
    """Does this job and all that come of it."""
    job = enqueue(kind, payload)
    while run_once("worker"):
        pass
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    return job


def test_it_refreshes_today(store, company):
    company.use(1, [100, 101, 102], [TODAY])
    assert work("refresh_today").result == {"day": TODAY.isoformat(), "accounts": 10, "scored": 10}
    assert explain(TODAY, store, [1])[1].values["active_users_1"] == 3
    assert store.dirty_days() == []


def test_it_counts_without_excluded_users_on_every_day_since_they_came(store):
    User.objects.create(pk=1011, excluded_at=clock.now())  # of account 10, seen on the first day alone
    work("recount_without_excluded")
    opened = {explain(day, store, [10])[10].values["opened_users"] for day in (FIRST, LAST)}
    assert opened == {11}
    assert store.dirty_days() == []


def test_it_looks_again_soon_while_there_is_no_account(tmp_path, on_day):
    with opened(tmp_path):
        on_day(TODAY)
        enqueue("refresh_today")
        assert run_once("worker")
    waiting = Job.objects.get(state=JobState.WAITING)
    assert (waiting.kind, waiting.due_at - clock.now()) == ("refresh_today", timedelta(seconds=10))


def test_it_computes_every_day_a_late_event_counts_in(store, company):
    late = FIRST + timedelta(days=10)
    before = all_rows(store)
    company.use(1, range(105, 110), [late], (EXPORT,))
    work("refresh_today")
    after = all_rows(store)
    changed = {day for day, account in before if before[day, account] != after[day, account]}
    assert changed == set(days(late, 28))  # the longest window that holds it; days since last stays 0

    close_days(FIRST, LAST, store=store, zone=ZONE)
    assert all_rows(store) == after


def test_it_goes_on_after_a_crash_in_the_middle(store, company):
    late = FIRST + timedelta(days=10)
    company.use(1, range(105, 110), [late], (EXPORT,))
    enqueue("close_dirty_days")
    run = Run(claim("dying"), 300, ending := _Ending())
    ending.after = 1  # dies when it notes what is left for the second time
    with pytest.raises(Interrupted):
        jobs.close_dirty_days(run)
    assert store.dirty_days() == []  # nothing but the job knows what is left

    Job.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    while run_once("other"):
        pass
    after = all_rows(store)
    close_days(FIRST, LAST, store=store, zone=ZONE)
    assert all_rows(store) == after


class _Ending:
    """A process that ends after a number of notes."""

    after = 0

    def is_set(self) -> bool:
        self.after -= 1
        return self.after < 0


def test_it_closes_yesterday_as_known_and_the_days_that_were_missed(store, company, on_day):
    on_day(TODAY + timedelta(days=3))
    company.use(1, [100], [TODAY + timedelta(days=2)])
    assert work("close_yesterday").result["earlier"] == 2
    yesterday = TODAY + timedelta(days=2)
    assert store.closed_days() == (FIRST, yesterday)
    assert [len(explain(day, store)) for day in days(TODAY, 3)] == [10, 10, 10]
    assert len(store.day_values(yesterday, ["health_score"], known=True)) == 10
    assert store.day_values(TODAY, ["health_score"], known=True) == []


def test_it_computes_days_again_that_a_new_attribute_speaks_of(store, company):
    Account.objects.create(pk=1, external_id="a1")
    since = LAST - timedelta(days=10)
    at = to_us(clock.now().replace(month=since.month, day=since.day))
    record_facts([Said(1, at, {"opened_accounts": 24})], "test", clock.now())
    on = (since - timedelta(days=1), since)
    work("close_yesterday")
    assert [explain(day, store, [1])[1].values["breadth"] for day in on] == pytest.approx([1 / 12, 1 / 24])


def test_it_closes_history_that_was_imported_before_the_first_closed_day(store, company):
    early = FIRST - timedelta(days=20)
    company.use(1, [100], [early])
    work("close_dirty_days")
    assert store.closed_days() == (early, TODAY)
    assert len(store.state_counts(early, FIRST)) >= 20


def test_it_counts_users_again_and_closes_every_day(store, company):
    store.set_events([(EXPORT, 1, 0)])
    work("recount_users")
    found = explain(LAST, store, [10])[10].values
    assert (found["value_events_28"], found["active_features_28"], found["all_features"]) == (28 * 10, 1, 1)


def test_it_takes_new_thresholds_only_when_asked_and_from_that_day_on(store, company, on_day):
    first = HealthDefinition.objects.get()
    company.use(1, range(100, 112), [TODAY], (EXPORT,))
    work("refresh_today")
    assert HealthDefinition.objects.get() == first
    work("recalibrate_health")
    second = HealthDefinition.objects.get(version=2)
    assert (second.valid_from, second.sample_size) == (TODAY, 10)
    assert explain(TODAY, store, [1])[1].definition == second
    assert explain(LAST, store, [1])[1].definition == first


@pytest.mark.parametrize("spans", [[["yesterday", None]], [[1]], ["x"]])
def test_it_refuses_days_it_cannot_read(store, company, spans):
    enqueue("close_history", {"spans": spans})
    with pytest.raises(BadDocument, match=r"spans\[0\]"):
        jobs.close_history(Run(claim("worker"), 300, _Ending()))
