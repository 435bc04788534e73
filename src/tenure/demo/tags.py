"""The demo's tags: colours for those people put on, and one that a rule does."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from tenure.core.conditions.document import from_document
from tenure.lib import clock
from tenure.people.models import Member
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.matched import Languages
from tenure.segments.tags.following import follow_tags
from tenure.segments.tags.managing import Draft, add_tag, change_tag
from tenure.segments.tags.tag import tags_field, tags_of
from tenure.warehouse.store import Store

_TONES: Final = {"reference": "3", "case_study": "5", "strategic": "1", "price_sensitive": "6", "needs_training": "4"}
_FALLING: Final[Mapping[str, Any]] = {
    "all": [
        {
            "field": "metric.active_users_28",
            "comparison": "<=",
            "value": -0.3,
            "change": {"against": "days_before", "days": 28, "minimum": 5},
        },
        {"field": "health.state", "comparison": "in", "value": ["at_risk", "average"]},
    ]
}


def mark_customers(owner: Member, store: Store, last_day: date, zone: ZoneInfo) -> None:
    """Adds the tag with a rule and follows it on the last day; does nothing where it is there already."""
    tags = tags_of(tags_field())
    if any(tag.rule for tag in tags.values()):
        return
    now = datetime.combine(last_day, time(23), zone)
    asking = Asking(store, zone, read_catalogue().fields)
    with clock.set_to(now):
        for value, tone in _TONES.items():
            change_tag(value, Draft(tags[value].name, tags[value].chinese, tone), actor=owner)
        falling = from_document(_FALLING, asking.fields)
        add_tag(Draft("Use falls back", "使用下滑", "2", falling), actor=owner)
        follow_tags(asking, last_day, now, Languages())
