"""What can go wrong with a sync."""

from collections.abc import Mapping

from tenure.lib.errors import TenureError


class BadSync(TenureError):
    """A sync cannot be as asked for; `problems` names fields of the form and says why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class SourceFailed(TenureError):
    """The other system could not be read: not reached, not allowed, or it refused. It never names a password."""


class NotYet(SourceFailed):
    """A file is being written at this moment: the next run takes it."""


class NotNow(TenureError):
    """The sync is in a state in which this cannot be done."""
