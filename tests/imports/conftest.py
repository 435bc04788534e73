"""Files are imported through the same inbox and loader as everything else."""

from pathlib import Path

from tests.events.conftest import house

__all__ = ["house"]

#: Outside data, not part of this repository.
SHARED = Path(__file__).parents[3] / "shared" / "data"
