"""Every figure for Prometheus is documented."""

import re
from pathlib import Path

from prometheus_client import REGISTRY

import tenure.events.loader
import tenure.events.receive.figures

PAGE = (Path(__file__).parents[2] / "docs" / "operating" / "figures.md").read_text()


def test_it_names_every_figure():
    ours = {family.name + ("_total" if family.type == "counter" else "") for family in REGISTRY.collect()}
    ours = {name for name in ours if name.startswith("tenure_")}
    assert ours == set(re.findall(r"^\| `(tenure_\w+)`", PAGE, re.M))


def test_it_names_every_outcome():
    code = "".join(path.read_text() for path in Path(tenure.events.receive.figures.__file__).parent.glob("*.py"))
    used = set(re.findall(r'_Answered\([^\n]*?, "(\w+)"', code)) | {"accepted"}
    assert used == set(re.findall(r"^\| `([a-z_]+)` \| \d", PAGE, re.M))
