"""A change as a page tells it: signed, with its base on hover, or a dash with the reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.core.change import Change, NoChange
from tenure.ui import numbers

_REASONS = {
    NoChange.NO_VALUE: gettext_lazy("There is no value to compare."),
    NoChange.NO_BASE: gettext_lazy("Nothing is known of the earlier period."),
    NoChange.BASE_ZERO: gettext_lazy("The earlier period was 0: a change in per cent has no meaning."),
    NoChange.TOO_LITTLE: gettext_lazy("The earlier period is too small to compare with."),
}


@dataclass(frozen=True)
class ToldChange:
    """`way` is its sign, None when there is no change to tell; `hint` the base, or the reason."""

    text: str
    way: int | None
    hint: str


def told(change: Change, unit: str) -> ToldChange:
    """A share's change in percentage points, anything else's in per cent."""
    is_share = unit == "share"
    if change.value is None or change.base is None or (change.change is None and not is_share):
        return ToldChange(numbers.NONE, None, str(_REASONS[change.why_none or NoChange.NO_VALUE]))
    difference = change.value - change.base
    text = numbers.share_points(difference) if is_share else numbers.change(change.change)
    rounded_to_zero = not any(digit in text for digit in "123456789")
    way = 0 if rounded_to_zero else 1 if difference > 0 else -1
    return ToldChange(text, way, _("It was %(base)s") % {"base": numbers.measure(change.base, unit)})
