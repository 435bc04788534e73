"""How many random stories each test is told: few in the everyday run; EQUALITY_EXAMPLES=500 for a thorough one."""

import os

from hypothesis import HealthCheck, settings

some_examples = settings(
    max_examples=int(os.environ.get("EQUALITY_EXAMPLES", "12")),
    deadline=None,
    derandomize="EQUALITY_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
