"""The jobs of this slice that keep facts in step."""

from typing import Final

from tenure.accounts.dimension import drop_gone
from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.facts import begin_facts
from tenure.accounts.search.keeping import FOUND, waiting, write_waiting
from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.warehouse.current import store

COPY: Final = "copy_facts"


def begin_due_facts(run: Run) -> dict[str, object]:
    """Makes current what was recorded ahead of its time and is true by now."""
    return {"accounts": len(begin_facts(clock.now()))}


def copy_all_facts(run: Run) -> dict[str, object]:
    """Compares the warehouse's copy of the facts with the facts, and copies what differs."""
    return {"dropped": drop_gone(store()), "copied": copy_facts(store(), whole=True)}


def write_search_keys(run: Run) -> dict[str, object]:
    """Writes the search's keys of whoever has none: of many rows at once, and of what came by another road."""
    done, total = 0, waiting()
    for model in FOUND:
        after = 0
        while written := write_waiting(model, after):
            after, done = written[0], done + written[1]
            run.progress(done, max(done, total))
    return {"rows": done}
