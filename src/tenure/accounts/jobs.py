"""The jobs of this slice."""

from tenure.accounts.facts import begin_facts
from tenure.jobs.run import Run
from tenure.lib import clock


def begin_due_facts(run: Run) -> dict[str, object]:
    """Makes current what was recorded ahead of its time and is true by now."""
    return {"accounts": len(begin_facts(clock.now()))}
