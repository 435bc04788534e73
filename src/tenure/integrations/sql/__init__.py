"""Queries against databases and files that answer SQL. All of them only read."""
