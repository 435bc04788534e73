"""What the frame around every page shows: navigation, the person, their theme."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tenure.people.models import Member, Theme
from tenure.web.navigation import navigation

_PICTURES = {Theme.LIGHT: "sun", Theme.DARK: "moon", Theme.AUTO: "refresh-dot"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is looked up before a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    member = getattr(request, "user", None)
    if not isinstance(member, Member):
        return {"theme": Theme.AUTO}
    return {
        "theme": member.theme or Theme.AUTO,
        "themes": [(theme.value, theme.label, _PICTURES[theme]) for theme in Theme],
        "initials": _initials(str(member)),
        "navigation": navigation(request, member),
    }


def _initials(name: str) -> str:
    words = name.split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in words[:2]).upper() if words else "?"
