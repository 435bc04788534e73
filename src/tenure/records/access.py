"""The only way to a row of this slice: querysets by what a member may see."""

from typing import TypeVar

from django.db.models import QuerySet

from tenure.accounts.access import visible_account_ids
from tenure.accounts.merging.members import with_merged
from tenure.people.models import Member
from tenure.records.models import Record

Of = TypeVar("Of", bound=Record)


def records_for(member: Member, model: type[Of]) -> QuerySet[Of]:
    """The records with the accounts the member may see and those merged into them."""
    visible = visible_account_ids(member)
    rows = model._default_manager.all()
    return rows if visible is None else rows.filter(account_id__any_of=with_merged(visible))
