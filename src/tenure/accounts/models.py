

from tenure.accounts.assignments.models import (  # noqa: E402  (they name Account)
    Assignment as Assignment,
)
from tenure.accounts.assignments.models import (
    AssignmentChange as AssignmentChange,
)
from tenure.accounts.assignments.models import (
    AssignmentRole as AssignmentRole,
)
from tenure.accounts.assignments.models import (
    AssignmentRule as AssignmentRule,
)
