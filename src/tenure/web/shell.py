"""What the frame around every page shows: navigation, the person, their theme."""

from contextlib import suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tenure.integrations.watching import troubles
from tenure.lib.errors import TenureError
from tenure.people.models import Member, Theme
from tenure.people.permissions import Permission, allows
from tenure.people.second_factor import lacks_required
from tenure.ui.text import Text
from tenure.upkeep.models import Notice, NoticeKind
from tenure.upkeep.status import status_now
from tenure.web.navigation import navigation

_PICTURES = {Theme.LIGHT: "sun", Theme.DARK: "moon", Theme.AUTO: "refresh-dot"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is looked up before a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    member = getattr(request, "user", None)
    if not isinstance(member, Member):
        config = settings.CONFIG
        return {
            "theme": Theme.AUTO,
            "single_sign_on": config.oidc_name if config.oidc_url else "",
            "mail": bool(config.mail_url),
        }
    return {
        "theme": member.theme or Theme.AUTO,
        "themes": [(theme.value, theme.label, _PICTURES[theme]) for theme in Theme],
        "initials": _initials(str(member)),
        "navigation": navigation(request, member),
        "may_log": allows(member, Permission.LOG_FOLLOW_UPS),
        "warnings": _warnings(request, member),
        "second_factor_missing": SimpleLazyObject(lambda: lacks_required(member)),
    }


class Told(NamedTuple):
    """What must be known, and the page that tells it at length."""

    text: Text
    href: str
    page: Text


def _warnings(request: HttpRequest, member: Member) -> list[Told]:
    """What whoever runs this installation must know, on every page but the one that tells it at length."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    found: list[Told] = []
    if allows(member, Permission.IMPORT) and not here.startswith("sync:"):
        page = _("See the sync")
        found = [Told(each.text, reverse("sync:one", args=[each.sync_id]), page) for each in troubles()[:3]]
    if allows(member, Permission.MANAGE_JOBS) and here != "upkeep:system":
        kinds = Notice.objects.filter(dismissed_at=None).order_by("kind").values_list("kind", flat=True).distinct()
        texts = [str(dict(NoticeKind.choices).get(kind, kind)) for kind in kinds]
        with suppress(TenureError):  # no inbox in this process
            texts += status_now().problems
        found += [Told(text, reverse("upkeep:system"), _("See System")) for text in texts]
    return found


def _initials(name: str) -> str:
    words = name.split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in words[:2]).upper() if words else "?"
