"""Definitions that every page asks for and that seldom change, remembered from one request to the next.

The database itself says when they change: triggers on their tables draw a new stamp, whoever writes, in the same
transaction. What was read under a stamp holds as long as the stamp does; a stamp is random, so one that is taken back
with its transaction never comes again with other rows behind it.
"""
