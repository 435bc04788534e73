"""How a metric's values lie over accounts: what one looks at before one trusts it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tenure.core.metrics import MetricKind
from tenure.core.quantile import quantile

TOP: Final = 5
QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Spread:
    """Over so many accounts; `values` are ascending, of those that have one.

    `quarters` are the values at QUARTERS; empty when none has one. `top` are (account, value), the best first.
    """

    accounts: int
    values: Sequence[float]
    quarters: Sequence[float]
    top: Sequence[tuple[int, float]]

    @property
    def zeros(self) -> int:
        return sum(value == 0 for value in self.values)


def less_is_first(kind: MetricKind) -> bool:
    """For days since, the least are the best."""
    return kind is MetricKind.DAYS_SINCE_LAST


def spread_of(values: Mapping[int, float | None], visible: Collection[int] | None, kind: MetricKind) -> Spread:
    """`values` by account, of which those `visible` count; None is every one."""
    seen = {pk: value for pk, value in values.items() if visible is None or pk in visible}
    known = {pk: value for pk, value in seen.items() if value is not None}
    ordered = sorted(known.values())
    best = sorted(known, key=lambda pk: (known[pk] if less_is_first(kind) else -known[pk], pk))[:TOP]
    return Spread(
        accounts=len(seen),
        values=ordered,
        quarters=[quantile(ordered, share) for share in QUARTERS] if ordered else [],
        top=[(pk, known[pk]) for pk in best],
    )
