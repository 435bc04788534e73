"""kill -9 at random moments under load: nothing acknowledged is lost or doubled, and it starts again quickly."""

import shutil
import tempfile
from pathlib import Path

from tests.events.killing import kill_rounds

from benchmarks.ratio import Ratio


def run(quick: bool = False) -> list[Ratio]:
    rounds = 5 if quick else 50
    folder = Path(tempfile.mkdtemp(prefix="tenure-kill-"))
    try:
        outcome = kill_rounds(folder, rounds, seed=rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    times = f"after {rounds} kills"
    return [
        Ratio(f"events lost {times}", outcome.lost, outcome.acknowledged, "events", at_most=0),
        Ratio(f"events doubled {times}", outcome.double, outcome.acknowledged, "events", at_most=0),
        Ratio(f"slowest start {times}", outcome.slowest_start_s, 10, "s", at_most=1),
    ]
