"""Who enters segments and leaves them, written down as it is seen; what does not change is not written.

A segment that names “me” is another one for everybody who looks, so nobody enters it. An archived one rests.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from tenure.accounts.leaving.staying import there
from tenure.core.conditions.document import from_document
from tenure.core.conditions.tree import Node, names_me
from tenure.core.document import BadDocument
from tenure.lib.bulk import insert_rows, set_values
from tenure.segments.asking import Asking
from tenure.segments.matched import Languages, as_json, in_words, matched
from tenure.segments.models import Membership, Segment

log = structlog.get_logger()


def follow_segments(asking: Asking, day: date, now: datetime, languages: Languages) -> int:
    """Compares every segment on the day with who is in it so far; returns how many accounts entered and left."""
    held: dict[int, dict[int, int]] = defaultdict(dict)
    open_rows = Membership.objects.filter(left_at=None, segment__archived_at=None)
    for pk, segment_id, account_id in open_rows.values_list("pk", "segment_id", "account_id"):
        held[segment_id][account_id] = pk
    changed = 0
    for segment in Segment.objects.filter(archived_at=None).order_by("pk"):
        try:
            node = from_document(segment.condition, asking.fields)
        except BadDocument as error:
            log.warning("a segment's condition cannot be used", segment=segment.pk, problem=str(error))
            continue
        if not names_me(node):
            changed += _follow(segment, node, held[segment.pk], asking, day, now, languages)
    return changed


def _follow(
    segment: Segment,
    node: Node,
    held: Mapping[int, int],
    asking: Asking,
    day: date,
    now: datetime,
    languages: Languages,
) -> int:
    meant = asking.on(node, day)
    entering, leaving = sorted(meant - held.keys()), sorted(held.keys() - meant)
    is_new = segment.followed_version != segment.version
    if not entering and not leaving and not is_new:
        return 0
    found = matched(node, [*entering, *leaving], day, now, asking)
    seen: dict[int, dict[str, Any]] = {
        account: {
            "day": day.isoformat(),
            "version": segment.version,
            "values": as_json(values),
            "because": in_words(values, languages),
        }
        for account, values in found.items()
    }
    with transaction.atomic():
        entering = sorted(there(entering))
        insert_rows(
            Membership,
            ("segment", "account", "entered_at", "entered", "began_by_change"),
            [(segment.pk, account, now, seen[account], is_new) for account in entering],
        )
        set_values(
            Membership,
            ("left_at", "left", "ended_by_change"),
            [(held[account], now, seen[account], is_new) for account in leaving],
        )
        Segment.objects.filter(pk=segment.pk).update(followed_version=segment.version)
    return len(entering) + len(leaving)
