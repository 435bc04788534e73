"""What can be wrong with one cell."""

from tenure.lib.errors import TenureError


class BadCell(TenureError):
    """A cell is no value of its field; the message says what would be."""
