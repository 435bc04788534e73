"""What can be wrong with an import as a whole; single bad rows never stop it."""

from tenure.lib.errors import TenureError


class BadImport(TenureError):
    """The file cannot be read at all, or what it is to be read as does not fit its columns."""


class NoRows(BadImport):
    """A file with a header and nothing below it."""
