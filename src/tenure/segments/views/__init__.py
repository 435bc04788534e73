"""Saved views of the customers list: columns, order, and everything it is narrowed to."""
