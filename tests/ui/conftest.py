import copy
from pathlib import Path

import pytest


@pytest.fixture
def gallery(settings) -> str:
    """The gallery's pages in place of the product's; gives the address of its table and charts."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.ui.gallery"
    return "/gallery/"


@pytest.fixture
def html(client, alice, gallery):
    """html("sort=-users") is the gallery's page as Alice sees it."""
    client.force_login(alice)

    def get(query: str = "", **headers: str) -> str:
        return client.get(f"{gallery}?{query}", headers=headers).content.decode()

    return get
