"""The root of the errors people read."""


class TenureError(Exception):
    """A documented failure. Its message says what happened, what was kept, and what to do."""
