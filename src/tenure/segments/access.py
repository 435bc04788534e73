"""The only way to a segment, and to a view of the list: querysets by what a member may see and change.

Everybody sees what is shared with all. What is shared with a team is seen in the department of its owner, and by those
who see the owner's customers. A private one is its owner's alone: for anybody else it does not exist.
"""

from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.people.scope import colleagues
from tenure.remembered.remember import remembered
from tenure.segments.models import Segment, Sharing, View

Of = TypeVar("Of", Segment, View)


class _Reader(NamedTuple):
    """All that decides what a member sees; `over` are those whose customers they see, None for everybody."""

    member_id: int
    allowed: bool
    department_id: int | None
    over: frozenset[int] | None


def segments_for(member: Member) -> QuerySet[Segment]:
    """The segments the member sees, archived ones too."""
    return _seen(Segment.objects.all(), _reader(member))


@remembered
def segment_ids_for(member: Member) -> frozenset[int]:
    """The ids of segments_for, for pages that tell of what was in them."""
    return frozenset(segments_for(member).values_list("pk", flat=True))


def views_for(member: Member) -> QuerySet[View]:
    """The views the member sees, archived ones too."""
    return _seen(View.objects.all(), _reader(member))


def changeable_views(member: Member) -> QuerySet[View]:
    """Those the member may change: as of segments."""
    return _changeable(views_for(member), member)


def _reader(member: Member) -> _Reader:
    return _Reader(member.pk, allows(member, Permission.SEE_ACCOUNTS), member.department_id, colleagues(member))


def _seen(rows: QuerySet[Of], reader: _Reader) -> QuerySet[Of]:
    if not reader.allowed:
        return rows.none()
    of_team = Q(sharing=Sharing.TEAM)
    if reader.over is not None:
        near = Q(owner__in=reader.over)
        if reader.department_id is not None:
            near |= Q(owner__department=reader.department_id)
        of_team &= near
    return rows.filter(Q(owner=reader.member_id) | Q(sharing=Sharing.ALL) | of_team).select_related("owner")


def _in_use(reader: _Reader) -> QuerySet[Segment]:
    return _seen(Segment.objects.all(), reader).filter(archived_at=None).order_by("name", "pk")


@lru_cache(maxsize=256)
def _names_sql(reader: _Reader) -> tuple[str, tuple[Any, ...]]:
    return _in_use(reader).values_list("pk", "name").query.sql_with_params()


def segments_in_use(member: Member) -> QuerySet[Segment]:
    """Those one can choose, by name."""
    return _in_use(_reader(member))


def names_in_use(member: Member) -> list[tuple[int, str]]:
    """(id, name) of segments_in_use. The search asks with every letter: its SQL is made once for a reader."""
    reader = _reader(member)
    if not reader.allowed:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_names_sql(reader))
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def changeable_segments(member: Member) -> QuerySet[Segment]:
    """Those the member may change: one's own; whoever may share with all, shared ones of others, too."""
    return _changeable(segments_for(member), member)


def _changeable(seen: QuerySet[Of], member: Member) -> QuerySet[Of]:
    if not allows(member, Permission.SAVE_SEGMENTS):
        return seen.none()
    if allows(member, Permission.SHARE_SEGMENTS):
        return seen.filter(Q(owner=member) | ~Q(sharing=Sharing.PRIVATE))
    return seen.filter(owner=member)
