"""Accounts (the vendor's customers), the users inside them, how users are known, and facts about accounts."""

from tenure.accounts.models.account import Account
from tenure.accounts.models.assignment import Assignment, AssignmentChange, AssignmentRole, AssignmentRule, Way
from tenure.accounts.models.contact import Contact, DecisionRole
from tenure.accounts.models.erased import ErasedId
from tenure.accounts.models.fact import Fact
from tenure.accounts.models.field import Card, Field, FieldType
from tenure.accounts.models.mention import AccountMention, Departure
from tenure.accounts.models.merge import AccountMerge
from tenure.accounts.models.search_key import AccountKey, ContactKey, SearchKey, UserKey
from tenure.accounts.models.user import (
    ExclusionChange,
    FileMention,
    FileStatement,
    GoneUser,
    Identity,
    IdentityClaim,
    User,
    UserLink,
)

__all__ = [
    "Account",
    "AccountKey",
    "AccountMention",
    "AccountMerge",
    "Assignment",
    "AssignmentChange",
    "AssignmentRole",
    "AssignmentRule",
    "Card",
    "Contact",
    "ContactKey",
    "DecisionRole",
    "Departure",
    "ErasedId",
    "ExclusionChange",
    "Fact",
    "Field",
    "FieldType",
    "FileMention",
    "FileStatement",
    "GoneUser",
    "Identity",
    "IdentityClaim",
    "SearchKey",
    "User",
    "UserKey",
    "UserLink",
    "Way",
]
