"""The verbs: everything that is written down when it is done, with the words for it. Each room declares its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

VERBS: dict[str, "Verb"] = {}


@dataclass(frozen=True)
class Verb:
    """One kind of activity.

    name         stable, like "member.invited": what was done to what; stored and documented
    says         the sentence, lazily translated, with fields in braces: {by}, {subject} and keys of the detail
    on_timeline  False for what concerns no customer's story (a sign-in, an export): only the audit log shows it
    words        how a stored value is said, by its key in the detail: a role by its name in the reader's language
    of_many      the sentence where `says` speaks of what is particular to one account, and several are concerned
    keeps        False for what rules do by themselves and imports bring and take back: a customer whom nothing but an
                 undone import named goes all the same
    """

    name: str
    says: str | Promise
    on_timeline: bool = True
    words: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    of_many: str | Promise = ""
    keeps: bool = True


def verb(
    name: str,
    says: str | Promise,
    on_timeline: bool = True,
    words: Mapping[str, Callable[[Any], object]] | None = None,
    of_many: str | Promise = "",
    *,
    keeps: bool = True,
) -> Verb:
    """Declares a verb, once, at the import of its room's module."""
    if name in VERBS:
        raise ValueError(f"The verb {name} is declared twice.")
    VERBS[name] = found = Verb(name, says, on_timeline, words or {}, of_many, keeps)
    return found
