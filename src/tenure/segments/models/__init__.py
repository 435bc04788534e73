"""Conditions that were given a name, who was in them, and rules that put customers into tiers."""

from tenure.segments.models.membership import Membership
from tenure.segments.models.segment import Segment, Sharing
from tenure.segments.models.tier_rule import TierRule

__all__ = ["Membership", "Segment", "Sharing", "TierRule"]
