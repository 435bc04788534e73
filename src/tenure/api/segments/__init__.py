"""Segments: conditions with a name, who is in them, and why."""
