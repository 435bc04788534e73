"""Follow-ups on the timeline."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.accounts.fields.telling import said
from tenure.activity.models import AccountActivity
from tenure.timeline.entry import Asked, Entry, Key, Kind, Place, page_of
from tenure.work.models import FollowUp
from tenure.work.verbs import LOGGED


def touches(asked: Asked) -> list[Entry]:
    """Follow-ups as they read today, with whom, what was promised and which fields they set."""
    own = FollowUp.objects.filter(account__in=asked.accounts, removed_at=None)
    if asked.person is not None:
        took_part = FollowUp.objects.filter(account__in=asked.accounts, participants__member=asked.person)
        own = own.filter(Q(created_by=asked.person) | Q(pk__in=took_part.values("pk")))
    if asked.text:
        own = own.filter(Q(notes__icontains=asked.text) | Q(outcome__icontains=asked.text))
    rows = page_of(own, Place.of(asked, Kind.FOLLOW_UP), "at", "id").select_related("type")
    found = list(
        rows.prefetch_related("participants", "next_steps__owner", "next_steps__done_by", "attachments")[: asked.limit]
    )
    changed = _changed([each.pk for each in found])
    return [_entry(each, changed.get(each.pk, "")) for each in found]


def _entry(each: FollowUp, changed: str) -> Entry:
    people = list(each.participants.all())
    theirs = _(", ").join(person.name for person in people if not person.ours)
    shown = {"type": each.type, "people": theirs}
    return Entry(
        Kind.FOLLOW_UP,
        Key(each.at, Kind.FOLLOW_UP.rank, each.pk),
        icon=each.type.icon,
        title=_("%(type)s with %(people)s") % shown if theirs else str(each.type),
        lines=(changed,) if changed else (),
        by=_(", ").join(person.name for person in people if person.ours),
        drawer=reverse("work:follow_up", args=[each.pk]),
        follow_up=each,
        steps=list(each.next_steps.all()),
        files=len(each.attachments.all()),
    )


def _changed(keys: list[int]) -> dict[int, str]:
    """What follow-ups set on the account's cards, in words, by follow-up."""
    if not keys:
        return {}
    rows = AccountActivity.objects.filter(activity__verb=LOGGED.name, activity__subject_kind="follow_up")
    details = rows.filter(activity__subject_id__in=keys).values_list("activity__subject_id", "detail")
    return {pk: said(detail["changes"]) for pk, detail in details if pk is not None and detail.get("changes")}
