"""How a metric's values lie over the accounts on a day, in numbers, names and a chart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for
from tenure.core.metrics import MetricKind
from tenure.core.spread import less_is_first, spread_of
from tenure.people.models import Member
from tenure.ui import numbers
from tenure.ui.chart import Chart, Series

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
    spread = spread_of(values, visible, kind)
    names = {account.pk: str(account) for account in accounts_for(member).filter(pk__in=dict(spread.top))}
    words = (_("Least"), numbers.share(0.25), _("Median"), numbers.share(0.75), _("Most"))
    return Distribution(
        accounts=spread.accounts,
        with_value=len(spread.values),
        zeros=spread.zeros,
        points=list(zip(words, spread.quarters, strict=False)),
        top=[Top(pk, names[pk], value) for pk, value in spread.top if pk in names],
        less_first=less_is_first(kind),
        chart=_chart(spread.values, unit) if len(set(spread.values)) > 1 else None,
    )


def _chart(ordered: Sequence[float], unit: str) -> Chart:
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
