import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [path for kind in ("*.html", "*.py") for path in (ROOT / "src/tenure").rglob(kind)]
NAMED = re.compile(r'{% icon "([a-z0-9-]+)"|icon="([a-z0-9-]+)"|Entry\(_\("[^"]+"\), "([a-z0-9-]+)"')


def test_it_has_every_icon_that_a_page_names():
    named = {name for path in SOURCES for match in NAMED.findall(path.read_text()) for name in match if name}
    assert len(named) > 20
    assert named - set((ROOT / "frontend/icons.txt").read_text().split()) == set()
