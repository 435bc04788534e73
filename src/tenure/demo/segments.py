"""The segments that the demo vendor's leaders share with everybody, each named in its owner's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tenure.core.conditions.document import from_document
from tenure.demo.people import DOMAIN
from tenure.lib import clock
from tenure.people.models import Member
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import Segment, Sharing
from tenure.segments.saving import Draft, save_segment

Leaf = Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """Whose it is, what it is called and for, and how many days before the last day it was saved."""

    owner: str
    name: str
    description: str
    ago: int
    condition: Mapping[str, Any]


def _leaf(field: str, comparison: str, value: Any = None, **more: Any) -> Leaf:
    return {"field": field, "comparison": comparison, **({} if value is None else {"value": value}), **more}


_AGAINST_4_WEEKS: Final = {"against": "days_before", "days": 28, "minimum": 5}
_IN_USE: Final = _leaf("metric.days_since_last", "<=", 28)

SEGMENTS: Final = (
    Saved(
        "daniel.weber",
        "At risk, contract ends within 90 days",
        "Whom to call this week: the renewal is near and the health is bad.",
        400,
        {
            "all": [
                _leaf("health.state", "in", ["at_risk"]),
                _leaf("fact.contract_end", "in_next_days", 90),
            ]
        },
    ),
    Saved(
        "shen.yue",
        "使用量下滑",
        "活跃用户比四周前少三成以上，先问清原因。",
        390,
        {"all": [_leaf("metric.active_users_28", "<=", -0.3, change=_AGAINST_4_WEEKS), _IN_USE]},
    ),
    Saved(
        "daniel.weber",
        "Seats nearly full",
        "Nine of ten opened accounts are in use: talk about more seats.",
        260,
        {"all": [_leaf("metric.breadth", ">=", 0.9), _leaf("health.state", "in", ["healthy"])]},
    ),
    Saved(
        "shen.yue",
        "新客户，前三个月",
        "落地期：交付、培训和第一次见到价值。",
        330,
        {"all": [_leaf("account.first_day", "in_last_days", 90)]},
    ),
    Saved(
        "shen.yue",
        "重点客户，决策链不清楚",
        "A、B 类客户里，还说不清谁拍板的。",
        120,
        {
            "all": [
                _leaf("fact.tier", "in", ["A", "B"]),
                _leaf("fact.decision_chain", "in", ["unclear", "changed"]),
                _IN_USE,
            ]
        },
    ),
    Saved(
        "claire.dubois",
        "Another vendor in talks",
        "Sales and success call together.",
        75,
        {"all": [_leaf("fact.competitor", "known"), _IN_USE]},
    ),
)


def save_segments(last_day: date, zone: ZoneInfo) -> None:
    """Saves them at their times; does nothing where there are some already."""
    if Segment.objects.exists():
        return
    fields = read_catalogue().fields
    for each in sorted(SEGMENTS, key=lambda each: -each.ago):
        owner = Member.objects.get(email=f"{each.owner}@{DOMAIN}")
        condition = from_document(each.condition, fields)
        with clock.set_to(datetime.combine(last_day - timedelta(days=each.ago), time(11), zone)):
            save_segment(Draft(each.name, condition, each.description, Sharing.ALL), actor=owner)
