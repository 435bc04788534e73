"""Tiers: customers put in order by one number."""
