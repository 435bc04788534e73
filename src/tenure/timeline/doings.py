"""What people and jobs did, as the activities tell it."""

from django.db.models import Q
from django.urls import reverse

from tenure.activity.models import AccountActivity, Activity
from tenure.activity.telling import sentence
from tenure.activity.verbs import VERBS
from tenure.timeline.entry import Asked, Entry, Key, Kind, Place, page_of
from tenure.work.verbs import LOGGED

_ICONS = {
    "contact": "user",
    "next_step": "checklist",
    "account": "building",
    "fields": "pencil",
    "fact": "pencil",
    "assignment": "users",
    "promise": "checklist",
}


def doings(asked: Asked) -> list[Entry]:
    """Activities that concern the account. Follow-ups are told by themselves."""
    hidden = Q(activity__verb__any_of=[*(verb.name for verb in VERBS.values() if not verb.on_timeline), LOGGED.name])
    own = AccountActivity.objects.filter(~hidden, account__in=asked.accounts)
    if asked.person is not None:
        own = own.filter(activity__actor=asked.person)
    if asked.text:
        own = own.filter(Q(activity__text__icontains=asked.text) | Q(activity__subject_name__icontains=asked.text))
    rows = page_of(own, Place.of(asked, Kind.CHANGE), "at", "activity_id").select_related("activity")[: asked.limit]
    return list({row.activity_id: _entry(row) for row in rows}.values())  # once, also when it concerns two merged ones


def _entry(row: AccountActivity) -> Entry:
    activity = row.activity
    return Entry(
        Kind.CHANGE,
        Key(row.at, Kind.CHANGE.rank, activity.pk),
        icon=_ICONS.get(activity.subject_kind) or _ICONS.get(activity.verb.partition(".")[0], "activity"),
        title=sentence(activity, row.detail),
        drawer=_drawer(activity),
    )


def _drawer(activity: Activity) -> str:
    """Where the thing itself is shown, as far as it has a place."""
    if activity.subject_kind == "follow_up" and activity.subject_id:
        return reverse("work:follow_up", args=[activity.subject_id])
    return ""
