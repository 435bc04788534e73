"""Saved views of the customers list."""
