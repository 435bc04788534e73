"""Metrics and health: what is measured, and the numbers of customers by day."""
