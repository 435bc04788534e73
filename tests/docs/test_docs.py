"""Documentation is tested: what it does not name does not exist."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tenure.cli.commands import COMMANDS
from tenure.config import Config
from tenure.events.formats.all import ROUTES
from tenure.events.reasons import Reason
from tenure.health.builtin import BUILT_IN

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = {path.relative_to(DOCS).as_posix(): path.read_text() for path in DOCS.rglob("*.md")}


@pytest.mark.parametrize("setting", fields(Config), ids=lambda setting: setting.name)
def test_it_names_every_setting_with_its_default(setting):
    row = next(
        (line for line in PAGES["operating/settings.md"].splitlines() if f"`{setting.metadata['env']}`" in line), ""
    )
    assert f"`{setting.metadata['default']}`" in row or "| empty |" in row


@pytest.mark.parametrize("name", COMMANDS)
def test_it_names_every_command(name):
    assert re.search(rf"`tenure {name}[ `]", PAGES["operating/commands.md"])


@pytest.mark.parametrize("reason", Reason)
def test_it_names_every_reason_for_refusal(reason):
    assert f"`{reason}`" in PAGES["events.md"]


@pytest.mark.parametrize("path", ROUTES)
def test_it_names_every_event_endpoint(path):
    assert f"`{path}`" in PAGES["events.md"]


@pytest.mark.parametrize("path", ["/-/health", "/-/metrics", "/-/command"])
def test_it_names_every_endpoint_for_operators(path):
    assert path in PAGES["operating/endpoints.md"]


@pytest.mark.parametrize("metric", BUILT_IN, ids=lambda metric: metric.key)
def test_it_has_a_page_for_every_built_in_metric(metric):
    page = PAGES[f"metrics/{metric.key}.md"]
    assert metric.key in page


def test_it_links_only_to_pages_that_exist():
    broken = []
    for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_it_explains_every_dependency():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *(each for group in project["dependency-groups"].values() for each in group),
    ]
    named = PAGES["dependencies.md"].lower()
    missing = [name for each in wanted if (name := re.split(r"[\[<>=]", each)[0].lower()) not in named]
    assert not missing
