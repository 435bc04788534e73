"""How a metric's values lie over the accounts on a day: what one looks at before one trusts it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for
from tenure.core.metrics import MetricKind
from tenure.core.quantile import quantile
from tenure.people.models import Member
from tenure.ui import numbers
from tenure.ui.chart import Chart, Series

TOP = 5
BARS = 12


@dataclass(frozen=True)
class Top:
    id: int
    name: str
    value: float


@dataclass(frozen=True)
class Distribution:
    """Over the accounts a member may see. `points`: (name, value) least, quarters, most; empty when none has a value.

    `less_first`: for days since, the least are the best and stand on top.
    """

    accounts: int
    with_value: int
    zeros: int
    points: list[tuple[str, float]]
    top: list[Top]
    less_first: bool
    chart: Chart | None

    @property
    def without(self) -> int:
        return self.accounts - self.with_value


def distribution(
    values: Mapping[int, float | None], visible: Collection[int] | None, kind: MetricKind, unit: str, member: Member
) -> Distribution:
    """`values` by account; `visible` None is every account."""
    seen = {pk: value for pk, value in values.items() if visible is None or pk in visible}
    known = {pk: value for pk, value in seen.items() if value is not None}
    ordered = sorted(known.values())
    less_first = kind is MetricKind.DAYS_SINCE_LAST
    best = sorted(known, key=lambda pk: (known[pk] if less_first else -known[pk], pk))[:TOP]
    names = {account.pk: str(account) for account in accounts_for(member).filter(pk__in=best)}
    return Distribution(
        accounts=len(seen),
        with_value=len(known),
        zeros=sum(value == 0 for value in ordered),
        points=_points(ordered),
        top=[Top(pk, names[pk], known[pk]) for pk in best if pk in names],
        less_first=less_first,
        chart=_chart(ordered, unit) if len(set(ordered)) > 1 else None,
    )


def _points(ordered: list[float]) -> list[tuple[str, float]]:
    if not ordered:
        return []
    shares = {_("Least"): 0.0, numbers.share(0.25): 0.25, _("Median"): 0.5, numbers.share(0.75): 0.75, _("Most"): 1.0}
    return [(name, quantile(ordered, share)) for name, share in shares.items()]


def _chart(ordered: list[float], unit: str) -> Chart:
    """How many accounts have how much, in bars of one width."""
    low, high = ordered[0], ordered[-1]
    whole = all(value.is_integer() for value in ordered)
    width = max(1, -(-(high - low + 1) // BARS)) if whole else (high - low) / BARS
    bars = int((high - low) // width) + 1 if whole else BARS
    counts = [0] * bars
    for value in ordered:
        counts[min(bars - 1, int((value - low) / width))] += 1
    points = [(_range(low + n * width, width, whole, unit), float(count)) for n, count in enumerate(counts)]
    return Chart(_("Customers by value"), [Series(_("Customers"), points, "bar")], low=0, height=180)


def _range(start: float, width: float, whole: bool, unit: str) -> str:
    end = start + width - (1 if whole else 0)
    first, last = numbers.measure(start, unit), numbers.measure(end, unit)
    return first if start == end else f"{first}–{last}"
