"""The settings page of the rule for tiers."""
