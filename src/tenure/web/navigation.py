"""The side navigation, in the order of the loop. An entry shows when its page exists and the member may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.text import Text


@dataclass(frozen=True)
class Entry:
    """`url_name` is the page's; `icon` a name in frontend/icons.txt."""

    label: Text
    icon: str
    url_name: str
    permission: Permission


@dataclass(frozen=True)
class Shown:
    label: Text
    icon: str
    href: str
    here: bool


@dataclass(frozen=True)
class Group:
    label: Text
    entries: list[Shown] = field(default_factory=list)


ENTRIES: tuple[tuple[Text, Sequence[Entry]], ...] = (
    (
        "",
        (
            Entry(_("Workbench"), "layout-dashboard", "workbench", Permission.SEE_ACCOUNTS),
            Entry(_("Customers"), "building", "customers:list", Permission.SEE_ACCOUNTS),
            Entry(_("Contacts"), "address-book", "contacts:list", Permission.SEE_ACCOUNTS),
            Entry(_("Team"), "users", "team:list", Permission.SEE_ACCOUNTS),
        ),
    ),
    (
        _("Settings"),
        (
            Entry(_("Sources"), "plug-connected", "events:sources", Permission.MANAGE_SOURCES),
            Entry(_("Event catalogue"), "list-check", "events:catalogue", Permission.MANAGE_CATALOGUE),
            Entry(_("Metrics"), "chart-dots", "metrics:list", Permission.SEE_ACCOUNTS),
            Entry(_("Quarantine"), "shield-x", "events:quarantine", Permission.SEE_QUARANTINE),
            Entry(_("Jobs"), "clock", "jobs:jobs", Permission.MANAGE_JOBS),
            Entry(_("System"), "activity", "upkeep:system", Permission.MANAGE_JOBS),
        ),
    ),
)


def navigation(request: HttpRequest, member: Member) -> list[Group]:
    """What the member sees; links keep the as-of day that the URL names."""
    groups = [
        Group(label, [shown for entry in entries if (shown := _show(entry, request, member))])
        for label, entries in ENTRIES
    ]
    return [group for group in groups if group.entries]


def _show(entry: Entry, request: HttpRequest, member: Member) -> Shown | None:
    if not allows(member, entry.permission):
        return None
    try:
        href = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    here = request.path == href if href == "/" else request.path.startswith(href)
    day = getattr(request, "day", None) if request.GET.get("day") else None
    return Shown(entry.label, entry.icon, f"{href}?day={day.isoformat()}" if day else href, here)
