"""Conditions that were given a name, who was in them, rules for tiers, and views of the list."""

from tenure.segments.models.card_segment import CardSegment
from tenure.segments.models.membership import Membership
from tenure.segments.models.segment import Segment, Sharing
from tenure.segments.models.tier_rule import TierRule
from tenure.segments.models.view import FirstView, View

__all__ = ["CardSegment", "FirstView", "Membership", "Segment", "Sharing", "TierRule", "View"]
