"""Names of things in an activity's detail: as they are called then, in every language, for readers of any."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.utils.translation import get_language, gettext


class Named(Protocol):
    """Has a name, and others by language: `names["zh-hans"]`."""

    name: Any
    names: Any


def told(things: Iterable[Named]) -> list[dict[str, Any]]:
    """What the detail keeps of them."""
    return [{"name": each.name, "names": each.names} for each in things]


def said(kept: Any) -> str:
    """What `told` kept, in the reader's language; a text, of activities from before, as it is."""
    if isinstance(kept, str):
        return kept
    return gettext(", ").join(each["names"].get(get_language() or "") or each["name"] for each in kept)
