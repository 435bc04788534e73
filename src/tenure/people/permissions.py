"""What each role may do: the one permission matrix. Pages, commands and exports ask `allows` and nothing else."""

from enum import StrEnum
from functools import cache

from tenure.people.models import Member, Role


class Permission(StrEnum):
    SEE_ACCOUNTS = "see_accounts"
    SEE_ALL_ACCOUNTS = "see_all_accounts"  # whatever their scope
    ASSIGN = "assign"  # among the members whose books they see
    MANAGE_ASSIGNMENT = "manage_assignment"  # the roles in charge, and the rules for new accounts
    EDIT_CONTACTS = "edit_contacts"
    ARRANGE_ACCOUNTS = "arrange_accounts"  # their hierarchy; merging two and undoing it
    ERASE_PERSONAL_DATA = "erase_personal_data"  # and see all that is held about a person
    SAVE_SEGMENTS = "save_segments"  # for oneself and one's team
    SHARE_SEGMENTS = "share_segments"  # with everybody, and change shared ones of others
    EXPORT = "export"
    IMPORT = "import"  # files about any account
    MANAGE_SOURCES = "manage_sources"
    MANAGE_CATALOGUE = "manage_catalogue"
    SEE_QUARANTINE = "see_quarantine"
    MANAGE_JOBS = "manage_jobs"
    EXCLUDE_USERS = "exclude_users"
    MANAGE_METRICS = "manage_metrics"
    EDIT_FIELDS = "edit_fields"
    MANAGE_FIELDS = "manage_fields"
    LOG_FOLLOW_UPS = "log_follow_ups"
    EDIT_ALL_FOLLOW_UPS = "edit_all_follow_ups"  # one's own may be edited by whoever may log
    MANAGE_FOLLOW_UP_TYPES = "manage_follow_up_types"
    USE_API = "use_api"  # with tokens of their own, which act as they do
    SEE_MEMBERS = "see_members"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_OWNERS = "manage_owners"
    SET_SECURITY = "set_security"
    SEE_AUDIT = "see_audit"


_EVERYONE = frozenset(Role)
_OPERATORS = frozenset({Role.OWNER, Role.ADMIN})

MATRIX: dict[Permission, frozenset[Role]] = {
    Permission.SEE_ACCOUNTS: _EVERYONE,
    Permission.SEE_ALL_ACCOUNTS: _OPERATORS,
    Permission.ASSIGN: _OPERATORS | {Role.LEADER},
    Permission.MANAGE_ASSIGNMENT: _OPERATORS,
    Permission.EDIT_CONTACTS: _EVERYONE - {Role.VIEWER},
    Permission.ARRANGE_ACCOUNTS: _OPERATORS | {Role.LEADER},
    Permission.ERASE_PERSONAL_DATA: _OPERATORS,
    Permission.SAVE_SEGMENTS: _EVERYONE - {Role.VIEWER},
    Permission.SHARE_SEGMENTS: _OPERATORS | {Role.LEADER},
    Permission.EXPORT: _EVERYONE - {Role.VIEWER},
    Permission.IMPORT: _OPERATORS,
    Permission.MANAGE_SOURCES: _OPERATORS,
    Permission.MANAGE_CATALOGUE: _OPERATORS,
    Permission.SEE_QUARANTINE: _OPERATORS,
    Permission.MANAGE_JOBS: _OPERATORS,
    Permission.EXCLUDE_USERS: _OPERATORS,
    Permission.MANAGE_METRICS: _OPERATORS,
    Permission.EDIT_FIELDS: _EVERYONE - {Role.VIEWER},
    Permission.MANAGE_FIELDS: _OPERATORS,
    Permission.LOG_FOLLOW_UPS: _EVERYONE - {Role.VIEWER},
    Permission.EDIT_ALL_FOLLOW_UPS: _OPERATORS | {Role.LEADER},
    Permission.MANAGE_FOLLOW_UP_TYPES: _OPERATORS,
    Permission.USE_API: _EVERYONE - {Role.VIEWER},
    Permission.SEE_MEMBERS: _OPERATORS | {Role.LEADER},
    Permission.MANAGE_MEMBERS: _OPERATORS,
    Permission.MANAGE_OWNERS: frozenset({Role.OWNER}),
    Permission.SET_SECURITY: frozenset({Role.OWNER}),
    Permission.SEE_AUDIT: _OPERATORS,
}


def allows(member: Member, permission: Permission) -> bool:
    """True when the member is active and their role holds the permission."""
    return member.is_active and Role(member.role) in MATRIX[permission]


def permissions_of(member: Member) -> frozenset[Permission]:
    """All that the member is allowed."""
    return _permissions_of(Role(member.role)) if member.is_active else frozenset()


@cache
def _permissions_of(role: Role) -> frozenset[Permission]:
    return frozenset(permission for permission, roles in MATRIX.items() if role in roles)
