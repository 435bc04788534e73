"""Customers: their fields now and as of a day, what was recorded of them, and who is in charge."""
