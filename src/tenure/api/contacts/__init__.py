"""Contacts of customers."""
