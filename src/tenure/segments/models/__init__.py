"""Conditions that were given a name."""

from tenure.segments.models.segment import Segment, Sharing

__all__ = ["Segment", "Sharing"]
