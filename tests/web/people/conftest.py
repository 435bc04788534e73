"""Limits start afresh for each test; pages are read as text."""

import pytest
from django.core.cache import cache

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()
