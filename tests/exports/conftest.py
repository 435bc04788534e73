from dataclasses import replace

import pytest
from django.test import Client

from tenure.web.exports import make
from tests.ui.conftest import gallery  # noqa: F401 — a fixture


@pytest.fixture
def bobs(client, bob, gallery, monkeypatch, settings, tmp_path) -> Client:  # noqa: F811
    """bob's browser at the gallery, where more than ten rows are many."""
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    monkeypatch.setattr(make, "AT_ONCE", 10)
    client.force_login(bob)
    return client
