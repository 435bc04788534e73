"""Conditions in an installation: what they can ask about, asking, explaining and saying them."""
