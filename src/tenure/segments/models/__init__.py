"""Conditions that were given a name, and rules that put customers into tiers."""

from tenure.segments.models.segment import Segment, Sharing
from tenure.segments.models.tier_rule import TierRule

__all__ = ["Segment", "Sharing", "TierRule"]
