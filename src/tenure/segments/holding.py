"""How many customers have which tag, or are in which tier, now."""

from collections import Counter

from tenure.accounts.access import accounts_for
from tenure.people.models import Member


def count_by_value(field: str, member: Member) -> Counter[str]:
    """{value: how many} of the customers in the member's sight, by what a field of choices says of them now."""
    path = f"traits__{field}"
    held = accounts_for(member).exclude(**{path: None}).values_list(path, flat=True)
    return Counter(str(value) for each in held for value in (each if isinstance(each, list) else [each]))
