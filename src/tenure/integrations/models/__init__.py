"""Syncs, their runs, and what they remember from run to run."""

from tenure.integrations.models.run import Pull, RunState, SyncRun
from tenure.integrations.models.sync import Alert, Mark, Sync

__all__ = ["Alert", "Mark", "Pull", "RunState", "Sync", "SyncRun"]
