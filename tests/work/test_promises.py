from datetime import date

import pytest

from tenure.activity.models import Activity
from tenure.work.content import Step
from tenure.work.counts import due_steps
from tenure.work.follow_ups import log_follow_up, remove_follow_up
from tenure.work.models import NextStep
from tenure.work.promises import StepNotOpen, complete_step, move_step, reopen_step
from tests.work.conftest import NOW


@pytest.fixture
def step(acme, call, alice):
    log_follow_up(acme, call(next_steps=(Step("Send the offer", date(2026, 6, 30)),)), actor=alice)
    return NextStep.objects.get()


def test_it_is_kept_and_reopened_once_each(step, alice, bob):
    complete_step(step, actor=bob)
    assert (step.done_by, step.done_at) == (bob, NOW)
    with pytest.raises(StepNotOpen):
        complete_step(step, actor=alice)
    reopen_step(step, actor=alice)
    with pytest.raises(StepNotOpen):
        reopen_step(step, actor=alice)
    verbs = list(Activity.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["followup.logged", "promise.kept", "promise.reopened"]


def test_it_moves_and_tells_from_when(step, alice):
    move_step(step, date(2026, 7, 9), actor=alice)
    assert NextStep.objects.get().due == date(2026, 7, 9)
    assert Activity.objects.latest("pk").detail == {"before": "2026-06-30", "after": "2026-07-09"}


def test_it_counts_what_is_due_of_ones_own(step, acme, call, alice, bob):
    assert due_steps(alice, date(2026, 6, 30)) == 1
    assert due_steps(alice, date(2026, 6, 29)) == 0
    assert due_steps(bob, date(2026, 6, 30)) == 0
    remove_follow_up(step.follow_up, actor=alice)
    assert due_steps(alice, date(2026, 6, 30)) == 0
