"""Who was in charge as known at a time, against what was read at that time."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from tenure.accounts.assignments.reading import as_known, at
from tenure.accounts.assignments.verbs import BadTime, assign, unassign, undo
from tenure.accounts.models import AssignmentChange
from tenure.lib import clock
from tests.accounts.assignments.conftest import NOW

MOMENTS = [NOW + timedelta(hours=hours) for hours in range(0, 40, 7)]


def held(rows):
    return sorted(rows.values_list("account", "role", "member", "since"))


@pytest.mark.parametrize("seed", [1, 2])
def test_it_reads_later_what_was_read_then(accounts, csm, support, ann, bo, lee, seed):
    rng, read_then = Random(seed), {}
    keys = [account.pk for account in accounts[:2]]
    for hour in range(1, 36):
        now = NOW + timedelta(hours=hour)
        clock.set_clock(lambda now=now: now)
        open_changes = AssignmentChange.objects.filter(undone_at=None)
        if rng.random() < 0.35 and open_changes:
            undo(rng.choice(list(open_changes)), lee)
        else:
            some, role = rng.sample(keys, rng.randint(1, 2)), rng.choice([csm, support])
            verb, since = rng.choice([assign, assign, unassign]), now - timedelta(hours=rng.choice([0, 3]))
            with suppress(BadTime):
                verb(some, role, rng.choice([ann, bo]), lee, since=since)
        read_then[now] = {moment: held(at(moment)) for moment in MOMENTS if moment <= now}
    wrong = [
        (now, moment)
        for now, by_moment in read_then.items()
        for moment, rows in by_moment.items()
        if held(as_known(moment, now)) != rows
    ]
    assert not wrong
    assert any(rows for by_moment in read_then.values() for rows in by_moment.values())
