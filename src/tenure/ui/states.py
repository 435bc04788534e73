"""The four health states as people see them: a word, a shape and a tone, the same in tables, badges and charts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tenure.ui.text import Text
from tenure.warehouse.schema import HealthState


@dataclass(frozen=True)
class StateLook:
    """`tone` is the name that style sheets give a colour and a drawn shape; `shape` is that shape in plain text."""

    code: HealthState
    word: Text
    shape: str
    tone: str


LOOKS = {
    HealthState.HEALTHY: StateLook(HealthState.HEALTHY, _("Healthy"), "●", "healthy"),
    HealthState.AVERAGE: StateLook(HealthState.AVERAGE, _("Average"), "◐", "average"),
    HealthState.AT_RISK: StateLook(HealthState.AT_RISK, _("At risk"), "▲", "at-risk"),
    HealthState.NOT_ENOUGH_DATA: StateLook(HealthState.NOT_ENOUGH_DATA, _("Not enough data"), "○", "unknown"),
}


def look(code: int | None) -> StateLook:
    """The look of a state's code; None (no row that day) reads as not enough data."""
    return LOOKS[HealthState(code or 0)]
