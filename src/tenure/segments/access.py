"""The only way to a segment, and to a view of the list: querysets by what a member may see and change.

Everybody sees what is shared with all. What is shared with a team is seen in the department of its owner, and by those
who see the owner's customers. A private one is its owner's alone: for anybody else it does not exist.
"""

from typing import TypeVar

from django.db.models import Q, QuerySet

from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.people.scope import colleagues
from tenure.segments.models import Segment, Sharing, View

Of = TypeVar("Of", Segment, View)


def segments_for(member: Member) -> QuerySet[Segment]:
    """The segments the member sees, archived ones too."""
    return _seen(Segment.objects.all(), member)


def views_for(member: Member) -> QuerySet[View]:
    """The views the member sees, archived ones too."""
    return _seen(View.objects.all(), member)


def changeable_views(member: Member) -> QuerySet[View]:
    """Those the member may change: as of segments."""
    return _changeable(views_for(member), member)


def _seen(rows: QuerySet[Of], member: Member) -> QuerySet[Of]:
    if not allows(member, Permission.SEE_ACCOUNTS):
        return rows.none()
    over, of_team = colleagues(member), Q(sharing=Sharing.TEAM)
    if over is not None:
        near = Q(owner__in=over)
        if member.department_id is not None:
            near |= Q(owner__department=member.department_id)
        of_team &= near
    return rows.filter(Q(owner=member) | Q(sharing=Sharing.ALL) | of_team).select_related("owner")


def segments_in_use(member: Member) -> QuerySet[Segment]:
    """Those one can choose, by name."""
    return segments_for(member).filter(archived_at=None).order_by("name", "pk")


def changeable_segments(member: Member) -> QuerySet[Segment]:
    """Those the member may change: one's own; whoever may share with all, shared ones of others, too."""
    return _changeable(segments_for(member), member)


def _changeable(seen: QuerySet[Of], member: Member) -> QuerySet[Of]:
    if not allows(member, Permission.SAVE_SEGMENTS):
        return seen.none()
    if allows(member, Permission.SHARE_SEGMENTS):
        return seen.filter(Q(owner=member) | ~Q(sharing=Sharing.PRIVATE))
    return seen.filter(owner=member)
