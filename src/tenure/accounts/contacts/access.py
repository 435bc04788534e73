"""The contacts a member may see: those of the accounts they may see."""

from django.db.models import QuerySet

from tenure.accounts.access import visible_account_ids
from tenure.accounts.merging.members import with_merged
from tenure.accounts.models import Contact
from tenure.people.models import Member


def contacts_for(member: Member, *, removed: bool = False) -> QuerySet[Contact]:
    """Contacts in sight, or those that were removed. An erased contact, which has no name, is in neither."""
    contacts = Contact.objects.filter(removed_at__isnull=not removed).exclude(name="")
    visible = visible_account_ids(member)
    return contacts if visible is None else contacts.filter(account_id__any_of=with_merged(visible))
