"""Accounts and users are learnt from events, so their tests send some."""

from tests.events.conftest import house

__all__ = ["house"]
