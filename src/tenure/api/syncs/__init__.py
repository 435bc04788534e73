"""Syncs: tables of other systems that are imported again and again, and their runs."""
