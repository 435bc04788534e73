from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.jobs.models import Job, Schedule
from tenure.jobs.schedules import enqueue_due, install_schedules, next_time
from tests.jobs.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("after", "daily_at", "expected"),
    [
        ("2026-11-22T12:00", time(0, 15), "2026-11-22T23:15"),  # 00:15 in Berlin is 23:15 UTC in winter
        ("2026-11-22T23:15", time(0, 15), "2026-11-23T23:15"),
        ("2026-07-01T12:00", time(0, 15), "2026-07-01T22:15"),
        ("2026-03-28T12:00", time(2, 30), "2026-03-29T01:30"),  # 02:30 does not exist that night: 03:30
        ("2026-10-24T12:00", time(2, 30), "2026-10-25T00:30"),  # 02:30 comes twice: the first
    ],
)
def test_it_finds_the_next_time_of_day_in_the_workspaces_zone(after, daily_at, expected):
    found = next_time(None, daily_at, datetime.fromisoformat(after).replace(tzinfo=UTC), BERLIN)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_it_enqueues_what_is_due_once(database, handler, later):
    handler(lambda run: None, every_s=300)
    install_schedules(BERLIN)
    Schedule.objects.exclude(kind="count").delete()
    assert (enqueue_due(BERLIN), enqueue_due(BERLIN)) == (1, 0)  # for the first time at once
    later(seconds=299)
    assert enqueue_due(BERLIN) == 0
    later(seconds=1)
    assert enqueue_due(BERLIN) == 1
    assert Schedule.objects.get().next_at == NOW + timedelta(seconds=600)


def test_it_does_not_pile_up_jobs_while_nobody_works(database, handler, later):
    handler(lambda run: None, every_s=300)
    install_schedules(BERLIN)
    Schedule.objects.exclude(kind="count").delete()
    for _ in range(5):
        later(seconds=300)
        enqueue_due(BERLIN)
    assert Job.objects.count() == 1


def test_it_keeps_the_next_time_of_a_schedule_that_did_not_change(database, handler, later):
    handler(lambda run: None, daily_at=time(3, 0))
    install_schedules(BERLIN)
    first = Schedule.objects.get(kind="count").next_at
    later(hours=3)
    install_schedules(BERLIN)
    assert Schedule.objects.get(kind="count").next_at == first
    handler(lambda run: None, every_s=60)
    install_schedules(BERLIN)
    assert Schedule.objects.get(kind="count").next_at == NOW + timedelta(hours=3)


def test_it_forgets_a_schedule_of_a_kind_that_is_on_demand_now(database, handler, later):
    handler(lambda run: None, every_s=60)
    install_schedules(BERLIN)
    handler(lambda run: None)
    install_schedules(BERLIN)
    assert not Schedule.objects.filter(kind="count").exists()
