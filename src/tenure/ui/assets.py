"""Where the browser bundle's files are: names with a hash, looked up in the manifest its build writes."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).parent.parent / "static" / "dist"


class BundleMissing(Exception):
    """The browser bundle has not been built, or has no such file."""


def asset_url(name: str) -> str:
    """The address of `app.js` and the like; raises BundleMissing."""
    found = (_read() if settings.DEBUG else _manifest()).get(name)
    if found is None:
        raise BundleMissing(f"The browser bundle has no {name}. Build it: .venv/bin/python frontend/assets.py")
    return found


@cache
def _manifest() -> dict[str, str]:
    return _read()


def _read() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    except FileNotFoundError:
        raise BundleMissing("The browser bundle is not built. Build it: .venv/bin/python frontend/assets.py") from None
    return {name: static(f"dist/{file}") for name, file in names.items()}
