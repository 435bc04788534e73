"""Into which areas a token must be let to take a list away: a file holds no more than its scopes let it read."""

from collections.abc import Mapping
from typing import Final

from tenure.people.models import Area

#: By the name of the list; one that is not here needs every area.
AREAS: Final[Mapping[str, frozenset[Area]]] = {
    "audit": frozenset({Area.AUDIT}),
    "contacts": frozenset({Area.CONTACTS}),
    "customers": frozenset({Area.ACCOUNTS, Area.ASSIGNMENTS, Area.NUMBERS}),
    "events": frozenset({Area.EVENTS}),
    "follow-ups": frozenset({Area.FOLLOW_UPS}),
    "imports": frozenset({Area.IMPORTS}),
    "jobs": frozenset({Area.JOBS}),
    "members": frozenset({Area.MEMBERS}),
    "metrics": frozenset({Area.NUMBERS}),
    "promises": frozenset({Area.FOLLOW_UPS}),
    "quarantine": frozenset({Area.EVENTS}),
    "segments": frozenset({Area.SEGMENTS}),
    "sources": frozenset({Area.EVENTS}),
    "syncs": frozenset({Area.SYNCS}),
    "team": frozenset({Area.ASSIGNMENTS, Area.NUMBERS}),
    "users": frozenset({Area.USERS}),
}


def areas_of(name: str) -> frozenset[Area]:
    """The areas of a list."""
    return AREAS.get(name, frozenset(Area))
