"""Contacts of an account that may be the same person."""

from tenure.accounts.contacts.details import Details, mail_key, phone_key
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Contact


def duplicates(account_id: int, details: Details, but: int | None = None) -> list[Contact]:
    """Contacts of the account with the same e-mail address or telephone number; `but` is the contact itself."""
    mail, numbers = mail_key(details.email), {phone_key(phone) for phone in details.phones}
    if not mail and not numbers:
        return []
    others = Contact.objects.filter(account__in=members_of(account_id), removed_at=None).exclude(pk=but or 0)
    return [
        other
        for other in others.order_by("name", "pk")
        if (mail and mail_key(other.email) == mail) or numbers & {phone_key(phone) for phone in other.phones}
    ]
