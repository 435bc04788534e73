"""The only way to a row of this slice: querysets by what a member may see."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from tenure.accounts.access import visible_account_ids
from tenure.accounts.merging.members import with_merged
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.work.models import Attachment, FollowUp, FollowUpType, NextStep

Of = TypeVar("Of", bound=Model)


def follow_ups_for(member: Member) -> QuerySet[FollowUp]:
    """The follow-ups with the accounts the member may see and those merged into them, without removed ones."""
    return _seen_by(member, FollowUp.objects.filter(removed_at=None))


def removed_follow_ups_for(member: Member) -> QuerySet[FollowUp]:
    """The removed ones the member may put back: those they removed themselves."""
    return _seen_by(member, FollowUp.objects.filter(removed_by=member))


def may_edit(member: Member, follow_up: FollowUp) -> bool:
    """Who wrote it may change it; leaders may change everybody's."""
    own = follow_up.created_by_id == member.pk and allows(member, Permission.LOG_FOLLOW_UPS)
    return own or allows(member, Permission.EDIT_ALL_FOLLOW_UPS)


def next_steps_for(member: Member) -> QuerySet[NextStep]:
    """What was promised to the accounts the member may see."""
    return _seen_by(member, NextStep.objects.filter(follow_up__removed_at=None))


def attachments_for(member: Member) -> QuerySet[Attachment]:
    """The files of the follow-ups the member may see."""
    return Attachment.objects.filter(follow_up__in=follow_ups_for(member))


def types_for(member: Member) -> QuerySet[FollowUpType]:
    """The types of follow-ups the member may manage."""
    return (
        FollowUpType.objects.all() if allows(member, Permission.MANAGE_FOLLOW_UP_TYPES) else FollowUpType.objects.none()
    )


def _seen_by(member: Member, rows: QuerySet[Of]) -> QuerySet[Of]:
    visible = visible_account_ids(member)
    return rows if visible is None else rows.filter(account_id__any_of=with_merged(visible))
