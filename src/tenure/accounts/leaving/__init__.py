"""Accounts that only files named, once the files are taken back: which go, which something keeps, and why."""
