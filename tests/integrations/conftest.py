"""Syncs as a person sets them up, with a folder that is open to them."""

import dataclasses

import pytest
from django.conf import settings

from tenure.people.models import Member, Role
from tests.integrations.syncing import Syncing


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A folder that syncs may read."""
    folder = tmp_path / "open"
    folder.mkdir()
    config = dataclasses.replace(settings.CONFIG, sync_folders=str(folder), sync_hosts="127.0.0.1")
    monkeypatch.setattr(settings, "CONFIG", config)
    return folder


@pytest.fixture
def syncing(db, opened) -> Syncing:
    """An admin's."""
    return Syncing(Member.objects.create(email="admin@example.com", name="Ann", role=Role.ADMIN), opened)
