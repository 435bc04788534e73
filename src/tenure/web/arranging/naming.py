"""Finding the customer a person means, among those they may see."""

from tenure.accounts.access import accounts_for
from tenure.accounts.models import Account
from tenure.people.models import Member


def account_named(member: Member, text: str) -> Account | None:
    """The account whose id or whole name is the text; a name that several have is nobody's."""
    text = text.replace("\0", "").strip()
    accounts = accounts_for(member)
    found = accounts.filter(external_id=text).first() if text else None
    if found is None and text:
        named = list(accounts.filter(name__iexact=text)[:2])
        found = named[0] if len(named) == 1 else None
    return found
