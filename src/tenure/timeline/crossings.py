"""Segments an account entered and left, as it was seen then."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.accounts.fields.telling import in_use
from tenure.segments.access import segment_ids_for
from tenure.segments.models import Membership
from tenure.timeline.entry import Asked, Entry, Key, Kind, Place, page_of


def crossings(asked: Asked) -> list[Entry]:
    """Of segments whoever looks may see. What changed because a segment was defined anew is not the account's story."""
    seen = segment_ids_for(asked.member)
    if asked.person is not None or not seen:
        return []
    own = Membership.objects.filter(account__in=asked.accounts, segment__in=seen)
    if asked.text:
        own = own.filter(segment__name__icontains=asked.text)
    own = own.select_related("segment")
    entered = page_of(own.filter(began_by_change=False), Place.of(asked, Kind.SEGMENT), "entered_at", "id")[
        : asked.limit
    ]
    left = page_of(own.filter(ended_by_change=False), Place.of(asked, Kind.SEGMENT), "left_at", "id")[: asked.limit]
    found = [_entry(each, entering=True) for each in entered] + [_entry(each, entering=False) for each in left]
    return sorted(found, key=lambda entry: entry.key, reverse=True)[: asked.limit]


def _entry(row: Membership, *, entering: bool) -> Entry:
    at, seen = (row.entered_at, row.entered) if entering else (row.left_at, row.left)
    assert at is not None
    title = _("Entered the segment “%(segment)s”") if entering else _("Left the segment “%(segment)s”")
    because = in_use(seen["because"]) if seen.get("because") else ""
    return Entry(
        Kind.SEGMENT,
        Key(at, Kind.SEGMENT.rank, row.pk),
        icon="circles",
        title=title % {"segment": row.segment},
        lines=(because,) if because else (),
        href=reverse("segments:segment", args=[row.segment_id]),
    )
