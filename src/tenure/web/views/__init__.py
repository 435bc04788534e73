"""Saved views of the customers list on screen: tabs above it, and the drawer that saves and changes them."""
