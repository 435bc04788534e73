"""The job that keeps rules in step with the numbers and the facts."""

from datetime import date, timedelta
from typing import Final

from django.conf import settings

from tenure.jobs.queue import enqueue
from tenure.jobs.run import Run
from tenure.lib import clock
from tenure.remembered.remember import remembered
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.following import follow_segments
from tenure.segments.matched import Languages
from tenure.segments.models import Segment
from tenure.segments.tags.following import follow_tags
from tenure.segments.tags.tag import tags_field
from tenure.segments.tiers.rule import SET, rule_in_use
from tenure.segments.tiers.setting import set_tiers
from tenure.warehouse.current import store

FOLLOW: Final = "follow_rules"
#: So long after facts changed: what a person writes in one go is looked at once.
SOON: Final = timedelta(seconds=10)


def follow_rules(run: Run) -> dict[str, object]:
    """Who has the tags of rules, and who is in which segment, by the latest day with numbers."""
    closed = store().closed_days()
    if closed is None:
        return {}
    asking, languages = Asking(store(), settings.CONFIG.zone, read_catalogue().fields), Languages()
    tags = follow_tags(asking, closed[1], clock.now(), languages)
    moved = follow_segments(asking, closed[1], clock.now(), languages)
    return {"day": closed[1].isoformat(), "tags": tags, "segments": moved}


def place_in_tiers(run: Run) -> dict[str, object]:
    """The tiers of the rule, by the latest day that is over; on the first day, by today's numbers."""
    rule, closed = rule_in_use(), store().closed_days()
    if rule is None or closed is None:
        return {}
    asking, languages = Asking(store(), settings.CONFIG.zone, read_catalogue().fields), Languages()
    yesterday = clock.today(settings.CONFIG.zone) - timedelta(days=1)
    day = max(min(closed[1], yesterday), closed[0])
    return {"day": day.isoformat(), "changed": set_tiers(rule, asking, day, clock.now(), languages)}


def day_closed(day: date) -> None:
    """Today's numbers are new, or a day that is over was closed: then there are new tiers, too."""
    rules_changed()
    if day < clock.today(settings.CONFIG.zone) and rule_in_use() is not None:
        enqueue(SET, key=SET)


def rules_changed() -> None:
    """There is something to follow now: new numbers, or another rule."""
    if _has_rules():
        enqueue(FOLLOW, key=FOLLOW)


def facts_changed() -> None:
    """Facts were written; called in the transaction that wrote them."""
    if _has_rules():
        enqueue(FOLLOW, key=FOLLOW, due=clock.now() + SOON)


@remembered
def _has_rules() -> bool:
    if Segment.objects.filter(archived_at=None).exists():
        return True
    field = tags_field()
    return field is not None and bool(field.ruled)
