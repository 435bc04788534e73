"""Members and where they work, sign in, and are invited from."""

from tenure.people.models.department import Department
from tenure.people.models.invitation import Invitation, InvitationState
from tenure.people.models.member import Member, MemberManager, Role, Scope, Theme
from tenure.people.models.session import MemberSession
from tenure.people.models.token import Access, ApiToken, Area, KeptAnswer, TokenState
from tenure.people.models.workspace import Counted, FirstRun, SecurityRule

__all__ = [
    "Access",
    "ApiToken",
    "Area",
    "Counted",
    "Department",
    "FirstRun",
    "Invitation",
    "InvitationState",
    "KeptAnswer",
    "Member",
    "MemberManager",
    "MemberSession",
    "Role",
    "Scope",
    "SecurityRule",
    "Theme",
    "TokenState",
]
