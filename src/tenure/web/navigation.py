"""The side navigation, in the order of the loop. An entry shows when its page exists and the member may see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tenure.lib import clock
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.ui.text import Text
from tenure.work.counts import due_steps


@dataclass(frozen=True)
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

    label: Text
    icon: str
    href: str
    here: bool
    count: int = 0


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
        _("Work"),
        (
            Entry(_("Follow-ups"), "message-circle", "work:follow_ups", Permission.SEE_ACCOUNTS),
            Entry(_("Open promises"), "checklist", "work:promises", Permission.SEE_ACCOUNTS, count=due_steps),
        ),
    ),
    (
        _("Settings"),
        (
            Entry(_("Sources"), "plug-connected", "events:sources", Permission.MANAGE_SOURCES),
            Entry(_("Event catalogue"), "list-check", "events:catalogue", Permission.MANAGE_CATALOGUE),
            Entry(_("Metrics"), "chart-dots", "metrics:list", Permission.SEE_ACCOUNTS),
            Entry(_("Roles in charge"), "tag", "assignment:roles", Permission.MANAGE_ASSIGNMENT),
            Entry(_("Types of follow-ups"), "message-circle", "work:types", Permission.MANAGE_FOLLOW_UP_TYPES),
            Entry(_("Members"), "users-group", "people:members", Permission.SEE_MEMBERS),
            Entry(_("Audit log"), "list-search", "audit:log", Permission.SEE_AUDIT),
            Entry(_("Profile cards"), "id", "cards:settings", Permission.MANAGE_FIELDS),
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
    count = (
        entry.count(member, getattr(request, "day", None) or clock.today(settings.CONFIG.zone)) if entry.count else 0
    )
    return Shown(entry.label, entry.icon, f"{href}?day={day.isoformat()}" if day else href, here, count)
