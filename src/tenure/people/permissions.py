"""What each role may do: the one permission matrix. Pages, commands and exports ask `allows` and nothing else."""

from enum import StrEnum

from tenure.people.models import Member, Role


class Permission(StrEnum):
    SEE_ACCOUNTS = "see_accounts"
    EXPORT = "export"
    MANAGE_SOURCES = "manage_sources"
    MANAGE_CATALOGUE = "manage_catalogue"
    SEE_QUARANTINE = "see_quarantine"
    MANAGE_JOBS = "manage_jobs"
    EXCLUDE_USERS = "exclude_users"
    MANAGE_METRICS = "manage_metrics"


_EVERYONE = frozenset(Role)
_OPERATORS = frozenset({Role.OWNER, Role.ADMIN})

MATRIX: dict[Permission, frozenset[Role]] = {
    Permission.SEE_ACCOUNTS: _EVERYONE,
    Permission.EXPORT: _EVERYONE - {Role.VIEWER},
    Permission.MANAGE_SOURCES: _OPERATORS,
    Permission.MANAGE_CATALOGUE: _OPERATORS,
    Permission.SEE_QUARANTINE: _OPERATORS,
    Permission.MANAGE_JOBS: _OPERATORS,
    Permission.EXCLUDE_USERS: _OPERATORS,
    Permission.MANAGE_METRICS: _OPERATORS,
}


def allows(member: Member, permission: Permission) -> bool:
    """True when the member is active and their role holds the permission."""
    return member.is_active and Role(member.role) in MATRIX[permission]
