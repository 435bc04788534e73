"""Accounts (the vendor's customers), the users inside them, how users are known, and facts about accounts."""

from tenure.accounts.models.account import Account
from tenure.accounts.models.fact import Fact
from tenure.accounts.models.user import ExclusionChange, Identity, IdentityClaim, User, UserLink

__all__ = ["Account", "ExclusionChange", "Fact", "Identity", "IdentityClaim", "User", "UserLink"]
