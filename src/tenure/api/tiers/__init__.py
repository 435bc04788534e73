"""Tiers: how many customers are in each, and the rule that puts them there."""
