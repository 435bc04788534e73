"""Files are imported through the same inbox and loader as everything else."""

from pathlib import Path

import pytest

from tenure.people.models import Member, Role
from tests.events.conftest import house
from tests.imports.desk import Desk

__all__ = ["house"]

#: Outside data, not part of this repository.
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def desk(db, tmp_path) -> Desk:
    """An admin's."""
    admin = Member.objects.create(email="admin@example.com", name="Ann", role=Role.ADMIN)
    return Desk(admin, tmp_path)
