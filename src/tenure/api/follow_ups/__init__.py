"""Follow-ups, and what was promised in them."""
