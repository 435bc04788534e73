"""Members named in notes: @Ann Lee."""

import re
from collections.abc import Iterable, Mapping

from tenure.people.models import Member


def mentioned(text: str, names: Mapping[int, str]) -> list[int]:
    """Ids of the members whose name follows an @ in the text, in the order of their first mention.

    The longest name that fits counts, so "@Ann Lee" is not Ann. `names` is by id.
    """
    by_name = {name.casefold(): pk for pk, name in names.items() if name.strip()}
    if "@" not in text or not by_name:
        return []
    longest_first = sorted(by_name, key=len, reverse=True)
    pattern = "@(" + "|".join(re.escape(name) for name in longest_first) + ")" + r"(?![a-z0-9])"
    found = (by_name[match.group(1)] for match in re.finditer(pattern, text.casefold()))
    return list(dict.fromkeys(found))


def names_of_members(members: Iterable[Member] | None = None) -> dict[int, str]:
    """{id: name as people write it} of the active members."""
    active = Member.objects.filter(is_active=True) if members is None else members
    return {member.pk: str(member) for member in active}
