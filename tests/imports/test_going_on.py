"""Imports that are stopped, killed and started again, and files in any order."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.models import Account, Fact
from tenure.health.models import CountedValue
from tenure.imports.kinds.accounts import Accounts
from tenure.imports.kinds.metric_values import MetricValues
from tenure.imports.models import FileImport
from tenure.imports.running import bring
from tenure.imports.verbs import NotNow, start, stop
from tenure.jobs.queue import JobNotRetryable, retry
from tests.imports.desk import counts

ROWS = [f"2026-03-{1 + n % 28:02},acme,{n}" for n in range(28)]
HEAD = "date,account_id,queries\n"
TEXT = HEAD + "\n".join([*ROWS, "2026-03-01,nobody,1", "bad"]) + "\n"


class Killed(BaseException):
    """What a signal does to a process."""


@pytest.fixture
def small(monkeypatch, db):
    """Chunks of a few rows."""
    monkeypatch.setattr(MetricValues, "chunk", 5)
    monkeypatch.setattr(Accounts, "chunk", 3)
    Account.objects.create(external_id="acme")


@pytest.mark.parametrize("after", [2, 9, 12])
def test_it_ends_in_the_same_state_when_it_was_killed_in_the_middle(desk, small, after):
    file_import = desk.check("metric-values", TEXT)
    told = []

    def killing(done, total):
        told.append(done)
        if len(told) == after:
            raise Killed

    with pytest.raises(Killed):
        bring(file_import, killing)
    again = FileImport.objects.get(pk=file_import.pk)
    assert again.done_rows == sum(counts(again))  # never half a chunk
    bring(again, lambda done, total: None)
    again.refresh_from_db()
    assert (counts(again), again.done_rows) == ((28, 0, 0, 2), 30)
    assert sorted(CountedValue.objects.values_list("value", flat=True)) == list(range(28))
    assert again.refusals.filter(checked=False).count() == 2


def test_it_stops_while_it_waits_and_goes_on(desk, small):
    file_import = desk.check("metric-values", TEXT)
    start(file_import, desk.actor)
    stop(file_import, desk.actor)
    assert (file_import.state, CountedValue.objects.count()) == ("stopped", 0)
    start(file_import, desk.actor)
    desk.done()
    file_import.refresh_from_db()
    assert (file_import.state, counts(file_import)) == ("done", (28, 0, 0, 2))


def test_a_job_tried_again_goes_on_with_the_file(desk, small):
    file_import = desk.check("metric-values", TEXT)
    start(file_import, desk.actor)
    stopped = file_import.job
    stop(file_import, desk.actor)
    retry(stopped, desk.actor)
    desk.done()
    file_import.refresh_from_db()
    assert (file_import.state, counts(file_import)) == ("done", (28, 0, 0, 2))
    with pytest.raises(NotNow, match="the file is imported"):
        retry(stopped, desk.actor)
    file_import.delete()
    with pytest.raises(JobNotRetryable, match="thrown away"):
        retry(stopped, desk.actor)


CELLS = st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", ""]), st.sampled_from(["1", "2", ""]))


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, min_size=1, max_size=8), data=st.data())
def test_it_gives_one_state_whatever_the_order_of_lines_and_however_often(desk, small, rows, data):
    def state(lines, times):
        Account.objects.all().delete()
        text = "account,color,seats\n" + "".join(f"{','.join(line)}\n" for line in lines)
        done = [desk.bring("accounts", text) for _ in range(times)]
        assert all(sum(counts(each)) == len(lines) for each in done)
        facts = Fact.objects.values_list("account__external_id", "field", "value")
        return Counter(facts), dict(Account.objects.values_list("external_id", "traits")), done[0].refused

    once = state(rows, 1)
    assert state(rows, 2) == once
    assert state(data.draw(st.permutations(rows)), 1) == once
