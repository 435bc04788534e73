"""The stories of the demo company's customers: the ground truth that later tests hold Tenure's findings against.

A story says, for each day of a customer's life, what share of its people use the product, how much, which features,
and how many errors they meet. It is a plain function of the day, so what "should" be found can be computed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import pi, sin

FEATURES: dict[str, tuple[str, ...]] = {
    "Dashboards": ("Dashboard Viewed", "Dashboard Created", "Dashboard Shared"),
    "Reports": ("Report Viewed", "Report Exported"),
    "Query": ("Query Run", "Query Saved"),
    "Segments": ("Segment Built", "Segment Exported"),
    "Funnels": ("Funnel Viewed",),
    "Alerts": ("Alert Created", "Alert Opened"),
    "Data": ("Dataset Connected", "Rows Loaded"),
    "API": ("API Called",),
    "Teamwork": ("Comment Added", "Member Invited"),
}
BASE_EVENTS = ("Logged In", "Error Shown")

_FIRST_STEPS = ("Dashboards", "Reports", "Query")
_MOST = (*_FIRST_STEPS, "Segments", "Funnels", "Alerts", "Data")
_ALL = tuple(FEATURES)


@dataclass(frozen=True)
class Moment:
    """One day of a customer. `people` is the share of its users who may come, `intensity` scales what each does."""

    people: float
    intensity: float
    features: tuple[str, ...] = _MOST
    errors: float = 0.01  # share of sessions that meet an error
    seats: float = 1.0  # seats bought, as a multiple of the first contract's


@dataclass(frozen=True)
class Story:
    """`at(age, left)`: the moment, from days since the customer began and days until the demo's last day.

    `weight` is how often the story occurs, `outcome` what a good diagnosis would say of it today.
    """

    key: str
    weight: int
    outcome: str  # healthy, average, at_risk, churned or new
    at: Callable[[int, int], Moment]
    ends_before: tuple[int, int] | None = None  # churned: between so many days before the last day
    life: tuple[int, int] = field(default=(430, 730))  # days from the customer's start to the last day


def _ramp(age: int, days: int) -> float:
    """From 0.25 on the first day to 1 after so many days."""
    return min(1.0, 0.25 + 0.75 * age / days)


def _fading(left: int, since: int, days: int, floor: float) -> float:
    """1 until `since` days before the last day, then down to `floor` over `days` days."""
    return 1.0 if left >= since else max(floor, 1.0 - (1.0 - floor) * (since - left) / days)


def _steady(age: int, left: int) -> Moment:
    return Moment(0.72 * _ramp(age, 60), 1.0)


def _growing(age: int, left: int) -> Moment:
    return Moment(min(0.92, 0.35 + age / 1100), 0.8 + age / 900, _ALL if age > 200 else _MOST, seats=1 + age / 700)


def _silent_decline(age: int, left: int) -> Moment:
    fading = _fading(left, 120, 110, 0.12)
    return Moment(0.7 * _ramp(age, 45) * fading, 0.4 + 0.6 * fading, _MOST if left > 60 else _FIRST_STEPS)


def _champion_left(age: int, left: int) -> Moment:
    gone = left < 75
    return Moment(0.22 if gone else 0.66, 0.55 if gone else 1.1, _FIRST_STEPS[:2] if gone else _MOST)


def _seats_full(age: int, left: int) -> Moment:
    return Moment(min(1.0, 0.55 + age / 900), 1.2, _ALL)


def _few_features(age: int, left: int) -> Moment:
    return Moment(0.6 * _ramp(age, 40), 0.9, ("Dashboards", "Reports"))


def _quota_burning(age: int, left: int) -> Moment:
    return Moment(0.68, 1.0 + max(0.0, (240 - left) / 160), (*_MOST, "API"))


def _seasonal(age: int, left: int) -> Moment:
    wave = 0.5 + 0.5 * sin(2 * pi * left / 182.0)
    return Moment(0.35 + 0.4 * wave, 0.6 + 0.7 * wave)


def _unhappy_delivery(age: int, left: int) -> Moment:
    return Moment(0.3 * _ramp(age, 90), 0.45, _FIRST_STEPS, errors=0.16 if age < 150 else 0.08)


def _rescued(age: int, left: int) -> Moment:
    if left > 170:
        return Moment(0.65, 1.0)
    if left > 95:
        return Moment(0.2, 0.4, _FIRST_STEPS, errors=0.06)
    return Moment(min(0.75, 0.2 + (95 - left) / 90), 1.0, _MOST)


def _churned(age: int, left: int) -> Moment:
    fading = _fading(left, 150, 130, 0.04)
    return Moment(0.55 * fading, 0.3 + 0.6 * fading, _MOST if left > 90 else _FIRST_STEPS, errors=0.04)


def _built_in_house(age: int, left: int) -> Moment:
    own = left < 140
    return Moment(0.5 if own else 0.7, 0.6 if own else 1.0, ("Dashboards", "Reports") if own else _ALL)


def _one_department(age: int, left: int) -> Moment:
    return Moment(0.68 if left > 110 else 0.2, 0.9)


def _new_customer(age: int, left: int) -> Moment:
    return Moment(0.6 * _ramp(age, 45), 0.8, _FIRST_STEPS if age < 21 else _MOST)


STORIES: tuple[Story, ...] = (
    Story("steady", 24, "healthy", _steady),
    Story("growing", 14, "healthy", _growing),
    Story("seats_full", 6, "healthy", _seats_full),
    Story("quota_burning", 4, "healthy", _quota_burning),
    Story("rescued", 5, "healthy", _rescued),
    Story("seasonal", 6, "average", _seasonal),
    Story("few_features", 8, "average", _few_features),
    Story("built_in_house", 4, "average", _built_in_house),
    Story("silent_decline", 9, "at_risk", _silent_decline),
    Story("champion_left", 5, "at_risk", _champion_left),
    Story("one_department", 4, "at_risk", _one_department),
    Story("unhappy_delivery", 5, "at_risk", _unhappy_delivery, life=(140, 420)),
    Story("churned", 12, "churned", _churned, ends_before=(40, 330)),
    Story("new_customer", 6, "new", _new_customer, life=(5, 75)),
)
