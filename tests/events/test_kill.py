"""Nothing acknowledged is lost or counted twice, however the server ends."""

import pytest

from tests.events.killing import kill_rounds
from tests.made_once import copy_migrated


@pytest.mark.slow
def test_it_loses_nothing_and_doubles_nothing_when_it_is_killed(tmp_path):
    copy_migrated(tmp_path / "tenure.sqlite3")
    outcome = kill_rounds(tmp_path, rounds=5, seed=20261122)
    assert outcome.acknowledged > 0
    assert (outcome.lost, outcome.double) == (0, 0)
    assert outcome.slowest_start_s < 10
