"""The browser bundle: a checkout builds it on first use, an installed wheel brings it along."""

import importlib.util
from pathlib import Path

from tenure.lib.errors import TenureError

_BUILDER = Path(__file__).parents[3] / "frontend" / "assets.py"


class AssetsNotBuilt(TenureError):
    """The browser bundle or the message catalogues could not be built; the message holds what the tool said."""


def ensure_assets() -> None:
    """Builds what is missing or outdated in a checkout; does nothing in an installed package. Raises AssetsNotBuilt."""
    _build("ensure")


def ensure_catalogues() -> None:
    """The catalogues alone: they are there in a moment, and what is written in two languages needs them."""
    _build("ensure_catalogues")


def _build(what: str) -> None:
    if not _BUILDER.exists():
        return
    spec = importlib.util.spec_from_file_location("tenure_frontend_assets", _BUILDER)
    assert spec is not None and spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    try:
        getattr(builder, what)(_BUILDER.parents[1])
    except builder.BuildError as error:
        raise AssetsNotBuilt(str(error)) from error
