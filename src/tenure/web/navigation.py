"""The side navigation, in the order of the loop. An entry shows when its page exists and the member may see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenure.lib import clock
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.text import Text
from tenure.work.counts import due_steps


@dataclass(frozen=True, eq=False)
class Entry:
    """`url_name` is the page's; `icon` a name in frontend/icons.txt; `count` how much waits for the member on a day."""

    label: Text
    icon: str
    url_name: str
    permission: Permission
    count: Callable[[Member, date], int] | None = None


@dataclass(frozen=True)
class Shown:
    """`count` is how much waits there; 0 is not shown."""

    entry: Entry
    href: str
    here: bool
    count: int = 0


ENTRIES: tuple[tuple[Text, Sequence[Entry]], ...] = (
    (
        "",
        (
            Entry(_("Workbench"), "layout-dashboard", "workbench", Permission.SEE_ACCOUNTS),
            Entry(_("Customers"), "building", "customers:list", Permission.SEE_ACCOUNTS),
            Entry(_("Segments"), "circles", "segments:list", Permission.SEE_ACCOUNTS),
            Entry(_("Contacts"), "address-book", "contacts:list", Permission.SEE_ACCOUNTS),
            Entry(_("Team"), "users", "team:list", Permission.SEE_ACCOUNTS),
        ),
    ),
    (
        _("Work"),
        (
            Entry(_("Follow-ups"), "message-circle", "work:follow_ups", Permission.SEE_ACCOUNTS),
            Entry(_("Open promises"), "checklist", "work:promises", Permission.SEE_ACCOUNTS, count=due_steps),
        ),
    ),
    (
        _("Settings · Data"),
        (
            Entry(_("Sources"), "plug-connected", "events:sources", Permission.MANAGE_SOURCES),
            Entry(_("Imports"), "upload", "imports:list", Permission.IMPORT),
            Entry(_("Sync"), "refresh", "sync:list", Permission.IMPORT),
            Entry(_("Exports"), "download", "exports:list", Permission.EXPORT),
            Entry(_("Event catalogue"), "list-check", "events:catalogue", Permission.MANAGE_CATALOGUE),
            Entry(_("Quarantine"), "shield-x", "events:quarantine", Permission.SEE_QUARANTINE),
        ),
    ),
    (
        _("Settings · Definitions"),
        (
            Entry(_("Metrics"), "chart-dots", "metrics:list", Permission.SEE_ACCOUNTS),
            Entry(_("Profile cards"), "id", "cards:settings", Permission.MANAGE_FIELDS),
            Entry(_("Tags"), "tag", "tags:list", Permission.SEE_ACCOUNTS),
            Entry(_("Tiers"), "versions", "tiers:index", Permission.MANAGE_FIELDS),
            Entry(_("Roles in charge"), "tag", "assignment:roles", Permission.MANAGE_ASSIGNMENT),
            Entry(_("Types of follow-ups"), "message-circle", "work:types", Permission.MANAGE_FOLLOW_UP_TYPES),
        ),
    ),
    (
        _("Settings · Administration"),
        (
            Entry(_("Members"), "users-group", "people:members", Permission.SEE_MEMBERS),
            Entry(_("API tokens"), "key", "tokens:list", Permission.USE_API),
            Entry(_("Audit log"), "list-search", "audit:log", Permission.SEE_AUDIT),
            Entry(_("Jobs"), "clock", "jobs:jobs", Permission.MANAGE_JOBS),
            Entry(_("System"), "activity", "upkeep:system", Permission.MANAGE_JOBS),
        ),
    ),
)


def navigation(request: HttpRequest, member: Member) -> SafeString:
    """What the member sees; links keep the as-of day that the URL names."""
    as_of: date | None = getattr(request, "day", None)
    kept = f"?day={as_of.isoformat()}" if as_of and request.GET.get("day") else ""
    day = getattr(request, "work_day", None) or clock.today(settings.CONFIG.zone)
    groups = tuple(
        tuple(
            Shown(each, f"{href}{kept}", _is_here(href, request.path), each.count(member, day) if each.count else 0)
            for each in entries
            if allows(member, each.permission) and (href := address_of(each.url_name))
        )
        for _label, entries in ENTRIES
    )
    return _drawn(get_language() or "", groups)


@lru_cache(maxsize=256)
def _drawn(language: str, groups: tuple[tuple[Shown, ...], ...]) -> SafeString:
    """Drawn once for all who see the same: it stands on every page."""
    labels = [label for label, _entries in ENTRIES]
    shown = [(label, entries) for label, entries in zip(labels, groups, strict=True) if entries]
    return render_to_string("web/navigation.html", {"groups": shown})


@cache
def address_of(url_name: str) -> str:
    """Empty for a page that does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_here(href: str, path: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
