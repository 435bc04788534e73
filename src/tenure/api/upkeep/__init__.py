"""Seeing to an installation: its backups, and the notices it left."""
