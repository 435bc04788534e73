from dataclasses import replace

import pytest
from django.test import Client

from tenure.web.exports import make
from tests.ui.conftest import gallery

__all__ = ["gallery"]


@pytest.fixture
def bobs(client, bob, gallery, monkeypatch, settings, tmp_path) -> Client:
    """bob's browser at the gallery, where more than ten rows are many."""
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    monkeypatch.setattr(make, "AT_ONCE", 10)
    client.force_login(bob)
    return client
